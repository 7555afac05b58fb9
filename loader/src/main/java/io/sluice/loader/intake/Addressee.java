package io.sluice.loader.intake;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import java.util.Set;

/**
 * Whom a loader takes messages for: whatever a message says, nothing foreign is loaded.
 *
 * @param folders the batch folders of the settings
 * @param tables the tables of the settings
 */
public record Addressee(Set<BatchFolder> folders, Set<TableName> tables) {
  /**
   * Reads a message.
   *
   * @throws ContractException that says why it is not for this loader
   */
  public ManifestMessage read(String body) {
    ManifestMessage message = ContractJson.readMessage(body);
    if (!folders.contains(message.batchFolder())) {
      throw new ContractException(
          message.batchFolder() + " is none of this loader's batch-folders");
    }
    if (!tables.contains(message.table())) {
      throw foreign(message.table());
    }
    return message;
  }

  static ContractException foreign(TableName table) {
    return new ContractException(table + " is none of this loader's tables");
  }
}
