/** What a journey reads from its surroundings. */
export const env = {
  /** Path of a Chromium or Chrome to use instead of looking for one. */
  chromiumPath: process.env.CHROMIUM_PATH,
  /** Set to see the browser at work. */
  headed: process.env.HEADED === "1",
  path: process.env.PATH ?? "",
  libraryPath: process.env.LD_LIBRARY_PATH ?? "",
};
