/** What time it is for people: sessions, codes, deadlines. The chain has its own time. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
