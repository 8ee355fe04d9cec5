/** True only in the local build, which carries the demo account. */
declare const __DEMO__: boolean;
