package io.sluice.loader.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a command, in the macros of groff_man(7), made from what its help says. */
final class ManPage {
  private final CommandSpec command;
  private final String version;
  private final StringBuilder text = new StringBuilder();

  private ManPage(CommandSpec command, String version) {
    this.command = command;
    this.version = version;
  }

  /** The page's source; {@code version} is that of the program. */
  static String of(CommandSpec command, String version) {
    return new ManPage(command, version).write();
  }

  /** Such as {@code sluice-loader-status}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String write() {
    UsageMessageSpec usage = command.usageMessage();
    line(
        ".TH \"%s\" 1 \"\" \"%s\" \"Sluice\"",
        name(command).toUpperCase(Locale.ROOT), escaped(version));
    section("NAME");
    text(name(command) + " - " + summary(usage));
    section("SYNOPSIS");
    text(new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0));
    section("DESCRIPTION");
    text(
        Stream.of(usage.description())
            .map(paragraph -> String.format(Locale.ROOT, paragraph))
            .toList());
    arguments();
    commands();
    exitCodes(usage);
    examples(usage);
    seeAlso();
    return text.toString();
  }

  private void arguments() {
    List<PositionalParamSpec> parameters =
        command.positionalParameters().stream().filter(spec -> !spec.hidden()).toList();
    if (!parameters.isEmpty()) {
      section("PARAMETERS");
      parameters.forEach(parameter -> entry(parameter.paramLabel(), parameter));
    }
    section("OPTIONS");
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> entry(names(option), option));
  }

  private static String names(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private void entry(String term, ArgSpec argument) {
    line(".TP");
    line(".B %s", escaped(term));
    for (String paragraph : argument.description()) {
      text(paragraph);
    }
  }

  private void commands() {
    List<CommandSpec> all = subcommands();
    if (!all.isEmpty()) {
      section("COMMANDS");
    }
    for (CommandSpec each : all) {
      line(".TP");
      line(".BR %s (1)", escaped(name(each)));
      text(summary(each.usageMessage()));
    }
  }

  private void exitCodes(UsageMessageSpec usage) {
    Map<String, String> codes = usage.exitCodeList();
    if (codes.isEmpty()) {
      return;
    }
    section("EXIT STATUS");
    codes.forEach(
        (code, meaning) -> {
          line(".TP");
          line(".B %s", code.strip());
          text(meaning);
        });
  }

  /** As they stand, for they are to be typed. */
  private void examples(UsageMessageSpec usage) {
    if (usage.footer().length == 0) {
      return;
    }
    section("EXAMPLES");
    line(".nf");
    for (String example : usage.footer()) {
      text(String.format(Locale.ROOT, example));
    }
    line(".fi");
  }

  private void seeAlso() {
    List<String> others = new ArrayList<>();
    if (command.parent() != null) {
      others.add(name(command.parent()));
    }
    subcommands().forEach(each -> others.add(name(each)));
    if (!others.isEmpty()) {
      section("SEE ALSO");
    }
    for (int i = 0; i < others.size(); i++) {
      line(".BR %s (1)%s", escaped(others.get(i)), i + 1 < others.size() ? "," : "");
    }
  }

  private List<CommandSpec> subcommands() {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.usageMessage().hidden())
        .distinct()
        .toList();
  }

  /** The first sentence of its description. */
  private static String summary(UsageMessageSpec usage) {
    String whole = String.join(" ", usage.description());
    int end = whole.indexOf(". ");
    String first = end < 0 ? whole : whole.substring(0, end);
    return String.format(
        Locale.ROOT, first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
  }

  private void section(String title) {
    line(".SH %s", title);
  }

  private void text(List<String> paragraphs) {
    for (int i = 0; i < paragraphs.size(); i++) {
      if (i > 0) {
        line(".PP");
      }
      text(paragraphs.get(i));
    }
  }

  private void text(String words) {
    words.lines().forEach(each -> text.append(guarded(escaped(each))).append('\n'));
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** A line that begins with a dot or a quote would be a request to the formatter. */
  private static String guarded(String line) {
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }

  /** A hyphen that is to be typed is a minus; see "Portability" in groff_man_style(7). */
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
