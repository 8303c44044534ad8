/** What a person can do about an error; the names are those of the buttons' actions. */
export type NextStep = 'showLog' | 'restart' | 'openSettings' | 'manageTrust' | 'askAgain';

/** The sidecar cannot start until a person changes something: trying again would not help. */
export class SetupError extends Error {
  public constructor(message: string, public readonly nextSteps: readonly NextStep[]) {
    super(message);
  }
}
