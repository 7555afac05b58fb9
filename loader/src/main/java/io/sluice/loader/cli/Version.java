package io.sluice.loader.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = LoaderCli.class.getPackage().getImplementationVersion();
    return new String[] {"sluice-loader " + (version == null ? "(not built)" : version)};
  }
}
