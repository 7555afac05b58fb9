/** Logins against stand-ins that speak AWS's protocols. */
package io.sluice.loader.login;
