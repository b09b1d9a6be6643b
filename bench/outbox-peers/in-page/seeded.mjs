import { makeDice } from '../dice.mjs'

// The dice of this page are the same in every run.
Math.random = makeDice(Number(new URLSearchParams(location.search).get('seed') ?? 1))
