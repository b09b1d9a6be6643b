/** Most steps of a history, most writers at work at once, and most changes that are there before it begins. */
export const SIZE = { steps: 25, writers: 16, before: 250 }
