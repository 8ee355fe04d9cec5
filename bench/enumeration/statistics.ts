const share = (sorted: number[], limit: number) => sorted.filter((value) => value <= limit).length / sorted.length;

/**
 * Largest distance between the distributions of two samples, and the distance that one in a hundred pairs of samples of one
 * distribution exceeds (two-sample test of Kolmogorov and Smirnov, asymptotic critical value).
 */
export function kolmogorovSmirnov(a: number[], b: number[]) {
  const distance = Math.max(...[...a, ...b].map((value) => Math.abs(share(a, value) - share(b, value))));
  const critical = 1.628 * Math.sqrt((a.length + b.length) / (a.length * b.length));
  return {
    distance: Number(distance.toFixed(4)),
    critical: Number(critical.toFixed(4)),
    distinguishable: distance > critical,
  };
}
