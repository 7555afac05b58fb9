package io.sluice.acceptance.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine and the JVM that figures come from: without them a figure says nothing. */
public record Host(
    String cpu,
    int cores,
    long memoryMb,
    String os,
    String jdk,
    List<String> collectors,
    long heapMb,
    double loadAverage) {
  /** This machine, this JVM, now. */
  public static Host here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Host(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() >> 20,
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vm.vendor") + " " + property("java.vm.version"),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList(),
        Runtime.getRuntime().maxMemory() >> 20,
        system.getSystemLoadAverage());
  }

  /** In one line. */
  @Override
  public String toString() {
    return "%s, %d cores, %d MB, %s, %s, heap %d MB, load %.1f"
        .formatted(cpu, cores, memoryMb, os, jdk, heapMb, loadAverage);
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      // Not Linux.
      return property("os.arch");
    }
  }

  private static String property(String name) {
    return System.getProperty(name);
  }
}
