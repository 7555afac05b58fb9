/**
 * First step of the data path: manifest messages come in from the queue, are kept from coming in
 * again, and wait table by table until they are loaded.
 */
package io.sluice.loader.intake;
