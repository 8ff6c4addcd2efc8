/**
 * The value that Student's t exceeds with probability `upperTail` (below 1/2), with so many degrees of freedom (need not
 * be whole). Accurate to about ten digits: the tail is the incomplete beta function (Abramowitz & Stegun 26.7.1), and
 * falls steadily, so that it is inverted by bisection.
 */
export function studentT(upperTail: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (tailOf(high, degreesOfFreedom) > upperTail) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (tailOf(middle, degreesOfFreedom) > upperTail) low = middle;
    else high = middle;
  }
  return high;
}

function tailOf(t: number, degreesOfFreedom: number): number {
  return 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

/** Regularised: I_x(a, b), for x between 0 and 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  // The fraction converges fast on this side; the other one is its mirror image.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return Math.exp(front) / (a * betaFraction(x, a, b));
}

/** The continued fraction of DLMF 8.17.22, by Lentz's method from its front. */
function betaFraction(x: number, a: number, b: number): number {
  let value = 1;
  let numerator = 1;
  let denominator = 0;
  for (let term = 1; term < 500; term += 1) {
    const m = term >> 1;
    const coefficient =
      term % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / (1 + coefficient * denominator);
    numerator = 1 + coefficient / numerator;
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return value;
}

/** Stirling's series (DLMF 5.11.1) after moving up to where it is accurate. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 10; at += 1) shift += Math.log(at);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}
