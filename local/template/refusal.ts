/**
 * What the engine throws when it does not understand a template. It stops the start: a stack that runs here while
 * a part of it is ignored would prove nothing about the stack in AWS.
 */
export class Refusal extends Error {
  /**
   * @param what the thing that is not understood, e.g. `resource type AWS::Foo::Bar`
   * @param where logical id and path inside the template, e.g. `Orders.Properties.Foo`
   * @param why the reason, as a sentence without its full stop
   * @param todo what the reader can do about it, as a sentence without its full stop
   */
  constructor(what: string, where: string, why: string, todo: string) {
    super(`The one-machine engine does not understand ${what} at ${where}: ${why}. ${todo}.`);
    this.name = 'Refusal';
  }
}
