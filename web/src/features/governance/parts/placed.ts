/** Each item with its place: parts of a text or a call have no other name, and never move. */
export const placed = <T>(items: readonly T[]) => items.map((item, place) => ({ item, place }));
