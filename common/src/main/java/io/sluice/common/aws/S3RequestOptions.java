package io.sluice.common.aws;

import com.amazonaws.AmazonWebServiceRequest;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.services.s3.Headers;
import com.amazonaws.services.s3.model.AbortMultipartUploadRequest;
import com.amazonaws.services.s3.model.CannedAccessControlList;
import com.amazonaws.services.s3.model.CompleteMultipartUploadRequest;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.InitiateMultipartUploadRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.SSEAlgorithm;
import com.amazonaws.services.s3.model.StorageClass;
import com.amazonaws.services.s3.model.UploadPartRequest;
import io.sluice.common.aws.S3Settings.Encryption;

/**
 * Puts what the settings ask for into every request that makes an object, so that no caller can
 * forget it.
 */
final class S3RequestOptions extends RequestHandler2 {
  private final S3Settings settings;

  S3RequestOptions(S3Settings settings) {
    this.settings = settings;
  }

  @Override
  public AmazonWebServiceRequest beforeExecution(AmazonWebServiceRequest request) {
    if (request instanceof PutObjectRequest put) {
      prepare(put);
    } else if (request instanceof InitiateMultipartUploadRequest begin) {
      prepare(begin);
    }
    if (settings.requesterPays()) {
      pay(request);
    }
    return request;
  }

  private void prepare(PutObjectRequest put) {
    encrypt(put.getMetadata());
    if (settings.acl() != null) {
      put.setCannedAcl(CannedAccessControlList.BucketOwnerFullControl);
    }
    if (settings.storageClass() != null) {
      put.setStorageClass(settings.storageClass().name());
    }
  }

  private void prepare(InitiateMultipartUploadRequest begin) {
    ObjectMetadata metadata = new ObjectMetadata();
    encrypt(metadata);
    begin.setObjectMetadata(metadata);
    if (settings.acl() != null) {
      begin.setCannedACL(CannedAccessControlList.BucketOwnerFullControl);
    }
    if (settings.storageClass() != null) {
      begin.setStorageClass(StorageClass.fromValue(settings.storageClass().name()));
    }
  }

  /**
   * By headers: the SDK's own parameters for KMS refuse an endpoint without TLS, as stand-ins have
   * it. The SDK tells by the answer that the ETag is no MD5 then.
   */
  private void encrypt(ObjectMetadata metadata) {
    if (settings.encryption() == Encryption.SSE_S3) {
      metadata.setSSEAlgorithm(ObjectMetadata.AES_256_SERVER_SIDE_ENCRYPTION);
    } else if (settings.encryption() == Encryption.SSE_KMS) {
      metadata.setSSEAlgorithm(SSEAlgorithm.KMS.getAlgorithm());
      if (settings.kmsKey() != null) {
        metadata.setHeader(Headers.SERVER_SIDE_ENCRYPTION_AWS_KMS_KEYID, settings.kmsKey());
      }
    }
  }

  private static void pay(AmazonWebServiceRequest request) {
    if (request instanceof PutObjectRequest put) {
      put.setRequesterPays(true);
    } else if (request instanceof GetObjectRequest get) {
      get.setRequesterPays(true);
    } else if (request instanceof InitiateMultipartUploadRequest begin) {
      begin.setRequesterPays(true);
    } else if (request instanceof UploadPartRequest part) {
      part.setRequesterPays(true);
    } else if (request instanceof CompleteMultipartUploadRequest complete) {
      complete.setRequesterPays(true);
    } else if (request instanceof AbortMultipartUploadRequest abort) {
      abort.setRequesterPays(true);
    }
  }
}
