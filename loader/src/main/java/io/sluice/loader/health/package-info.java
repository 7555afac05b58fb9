/**
 * How the loader is watched: metrics, health over HTTP, alerts by webhook and systemd. All of it
 * hears of the loads by {@link io.sluice.loader.health.LoaderEvents} and never disturbs one.
 */
package io.sluice.loader.health;
