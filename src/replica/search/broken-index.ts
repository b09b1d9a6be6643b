/** The index is not what it says it is: something of it is missing, or damaged. It has to be made anew. */
export class BrokenIndex extends Error {}
