/** Why the program cannot start. The message is one line that says what to do; it is shown without a stack. */
export abstract class StartupError extends Error {}
