/**
 * Of the projections of this release. Raise it with a projection or migration that makes other rows of the same chain:
 * `redeploy` then tells them beside those that are served.
 */
export const MIRROR_VERSION = "3";

/** What a version may look like: it becomes part of a schema's name. */
export const VERSION_FORM = /^[a-z0-9_]{1,30}$/;
