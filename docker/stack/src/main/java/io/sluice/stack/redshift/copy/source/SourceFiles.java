package io.sluice.stack.redshift.copy.source;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.CopyObjects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Finds the files that a COPY names, before the first of them is read. */
public final class SourceFiles {
  private static final int S3_ERROR = 8001;
  private static final int MANIFEST_ERROR = 15003;

  private final CopyObjects objects;

  /** One file to load and its size as stored. */
  public record SourceFile(S3Url url, long bytes) {}

  /** Looks in {@code objects}. */
  public SourceFiles(CopyObjects objects) {
    this.objects = objects;
  }

  /** All objects below a prefix, in key order. */
  public List<SourceFile> belowPrefix(S3Url prefix) throws CopyFailure {
    List<SourceFile> files = new ArrayList<>();
    try {
      for (StoredObject object : objects.list(prefix.bucket(), prefix.key())) {
        files.add(new SourceFile(new S3Url(prefix.bucket(), object.key()), object.bytes()));
      }
    } catch (ObjectException e) {
      throw refused(e, "Listing bucket=" + prefix.bucket() + " prefix=" + prefix.key());
    }
    if (files.isEmpty()) {
      throw noSuchPrefix(prefix);
    }
    return files;
  }

  /**
   * The files that the manifest at {@code url} lists, in its order, without the missing ones that
   * are optional.
   *
   * @param columnar whether each entry must tell the right length of its file, as it must for
   *     columnar formats only
   */
  public List<SourceFile> ofManifest(S3Url url, boolean columnar) throws CopyFailure {
    Manifest manifest = Manifest.parse(readManifest(url), url);
    List<SourceFile> files = new ArrayList<>();
    for (Manifest.Entry entry : manifest.entries()) {
      OptionalLong bytes = size(entry.url());
      if (bytes.isPresent()) {
        if (columnar) {
          checkLength(entry, bytes.getAsLong());
        }
        files.add(new SourceFile(entry.url(), bytes.getAsLong()));
      } else if (entry.mandatory()) {
        throw CopyFailure.internal(
            S3_ERROR,
            "Mandatory url is not present in manifest file.",
            "Mandatory url " + entry.url());
      }
    }
    if (files.isEmpty()) {
      throw noSuchPrefix(url);
    }
    return files;
  }

  /** A wrong length makes Redshift ask S3 for bytes that are not there. */
  private static void checkLength(Manifest.Entry entry, long bytes) throws CopyFailure {
    String context = "Reading " + entry.url();
    if (entry.contentLength().isEmpty()) {
      throw CopyFailure.internal(MANIFEST_ERROR, "File entry does not have 'meta' key.", context);
    }
    if (entry.contentLength().getAsLong() != bytes) {
      throw CopyFailure.internal(
          S3_ERROR,
          "S3ServiceException:The requested range is not satisfiable,Status 416,Error InvalidRange,Rid LOCAL416,ExtRid none,CanRetry 1",
          context);
    }
  }

  /** A missing manifest and a forbidden one look alike on Redshift. */
  private byte[] readManifest(S3Url url) throws CopyFailure {
    try (InputStream in = objects.open(url.bucket(), url.key())) {
      return in.readAllBytes();
    } catch (ObjectException e) {
      if (e.kind() == ObjectException.Kind.NOT_FOUND
          || e.kind() == ObjectException.Kind.ACCESS_DENIED) {
        throw CopyFailure.internal(
            S3_ERROR,
            "COPY with MANIFEST parameter requires full path of an S3 object.",
            "Reading manifest " + url);
      }
      throw refused(e, "Reading manifest " + url);
    } catch (IOException e) {
      throw refused(
          new ObjectException(ObjectException.Kind.FAILED, url.toString(), e),
          "Reading manifest " + url);
    }
  }

  private OptionalLong size(S3Url url) throws CopyFailure {
    try {
      return objects.size(url.bucket(), url.key());
    } catch (ObjectException e) {
      throw refused(e, "Reading " + url);
    }
  }

  /** The failure that Redshift makes of an object store's refusal. */
  public static CopyFailure refused(ObjectException e, String context) {
    return CopyFailure.internal(S3_ERROR, e.redshiftText(), context);
  }

  private static CopyFailure noSuchPrefix(S3Url prefix) {
    return CopyFailure.internal(
        S3_ERROR,
        "The specified S3 prefix '" + prefix.key() + "' does not exist",
        "Listing bucket=" + prefix.bucket());
  }
}
