/** Writing manifests for what something else has landed. */
package io.sluice.loader.operate.adoption;
