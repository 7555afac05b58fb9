/** The quick start: the whole pipeline on stand-ins, watched from put to loaded. */
package io.sluice.acceptance.quickstart;
