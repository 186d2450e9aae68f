// The contract stands in chat.js.
export class Chat {
  constructor(root) {
    this.root = root;
  }

  enter() {}

  frame() {}

  connected() {}

  looked() {}
}
