package io.sluice.common.manifest;

/**
 * A document that is not what the contract between writer and loader says it must be: no retry will
 * change it.
 */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ContractException(String message) {
    super(message);
  }

  public ContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
