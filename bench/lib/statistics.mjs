/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Median and range as a cell of a table. @param {(value: number) => string} write */
export function spread(values, write) {
  const [low, high] = [write(Math.min(...values)), write(Math.max(...values))]
  return low === high ? low : `${write(median(values))} (${low}–${high})`
}
