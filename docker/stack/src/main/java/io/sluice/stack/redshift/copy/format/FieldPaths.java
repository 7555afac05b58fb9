package io.sluice.stack.redshift.copy.format;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.FieldNames;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.copy.source.SourceFiles;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a document of JSON or AVRO the columns find their values: a tree of names and indexes.
 * Source: "JSONPaths file" in "Data format parameters" and "COPY from JSON format" of the Redshift
 * Database Developer Guide. Immutable once it is made.
 */
final class FieldPaths {
  private static final int JSON_PATHS_ERROR = 8001;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern DOTS = Pattern.compile("\\$(\\.[^.'*\\[\\]]+|\\[\\d{1,9}\\])*");
  private static final Pattern BRACKETS = Pattern.compile("\\$(\\['[^']+'\\]|\\[\\d{1,9}\\])*");
  private static final Pattern STEP =
      Pattern.compile("\\.([^.'\\[\\]]+)|\\['([^']+)'\\]|\\[(\\d+)\\]");

  private final Node root = new Node();
  private final boolean ignoresCase;

  /** A place in the document. */
  static final class Node {
    private final Map<String, Node> members = new HashMap<>();
    private final Map<Integer, Node> elements = new HashMap<>();
    private final List<Integer> columns = new ArrayList<>();

    /** The columns that take the value at this place. */
    List<Integer> columns() {
      return columns;
    }

    /** Whether any column takes a member of the object at this place. */
    boolean hasMembers() {
      return !members.isEmpty();
    }

    /** The elements of the array at this place that columns take or look into, by index. */
    Map<Integer, Node> elements() {
      return elements;
    }
  }

  private FieldPaths(boolean ignoresCase) {
    this.ignoresCase = ignoresCase;
  }

  /** The paths of a COPY that fills {@code columns}; reads the JSONPaths file if it names one. */
  static FieldPaths of(CopyOptions options, List<TargetColumn> columns, CopyObjects objects)
      throws CopyFailure {
    if (options.jsonPaths().isPresent()) {
      S3Url url = options.jsonPaths().get();
      JsonNode paths = read(url, objects);
      if (paths != null) {
        return ofPaths(paths, columns, url);
      }
    }
    FieldPaths named = new FieldPaths(options.fieldNames() == FieldNames.IGNORING_CASE);
    for (int i = 0; i < columns.size(); i++) {
      named.child(named.root, columns.get(i).name()).columns.add(i);
    }
    return named;
  }

  Node root() {
    return root;
  }

  /** The member of that name, or null if no column wants it. */
  Node member(Node node, String name) {
    return node.members.get(ignoresCase ? name.toLowerCase(Locale.ROOT) : name);
  }

  /** The array of paths, or null if the file has another key: COPY then goes by name. */
  private static JsonNode read(S3Url url, CopyObjects objects) throws CopyFailure {
    JsonNode file;
    try (InputStream in = objects.open(url.bucket(), url.key())) {
      file = JSON.readTree(in);
    } catch (ObjectException e) {
      throw SourceFiles.refused(e, "Reading JSONPaths file " + url);
    } catch (IOException e) {
      throw failure("Invalid JSONPaths file: " + url + " is not one JSON object", url);
    }
    if (!file.isObject() || file.size() != 1) {
      throw failure("Invalid JSONPaths file: " + url + " is not one JSON object", url);
    }
    return file.get("jsonpaths");
  }

  private static FieldPaths ofPaths(JsonNode paths, List<TargetColumn> columns, S3Url url)
      throws CopyFailure {
    if (!paths.isArray()) {
      throw failure("Invalid JSONPaths file: jsonpaths is not an array", url);
    }
    if (paths.size() != columns.size()) {
      throw failure(
          "Number of jsonpaths and the number of columns should match. JSONPath size: %d, Number of columns in table or column list: %d"
              .formatted(paths.size(), columns.size()),
          url);
    }
    FieldPaths tree = new FieldPaths(false);
    boolean dots = false;
    boolean brackets = false;
    for (int i = 0; i < columns.size(); i++) {
      String path = paths.get(i).textValue();
      dots |= path != null && path.startsWith("$.");
      brackets |= path != null && path.contains("['");
      boolean valid =
          path != null && (DOTS.matcher(path).matches() || BRACKETS.matcher(path).matches());
      if (!valid || (dots && brackets)) {
        throw failure(
            "Invalid JSONPath format. Supported notations are 'dot-notation' and 'bracket-notation': "
                + paths.get(i),
            url);
      }
      tree.add(path, i);
    }
    return tree;
  }

  private void add(String path, int column) {
    Node node = root;
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      if (step.group(3) != null) {
        node = node.elements.computeIfAbsent(Integer.valueOf(step.group(3)), index -> new Node());
      } else {
        node = child(node, step.group(1) == null ? step.group(2) : step.group(1));
      }
    }
    node.columns.add(column);
  }

  private Node child(Node node, String name) {
    String key = ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
    return node.members.computeIfAbsent(key, unseen -> new Node());
  }

  private static CopyFailure failure(String message, S3Url url) {
    return CopyFailure.internal(JSON_PATHS_ERROR, message, "Reading JSONPaths file " + url);
  }
}
