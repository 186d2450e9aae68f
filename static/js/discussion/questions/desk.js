// What a press on a question does: first on the page where that is safe, then at the server.
import { agreeToDelete, chooseTarget } from "./dialogs.js";
import { withQuestion, withVote, without } from "./state.js";
import { refusalText } from "./words.js";

export class Desk {
  constructor(panel) {
    Object.assign(this, { panel, votes: new Map() });
  }

  /** Shown at once. The last wish counts: presses that come while one is on its way are sent after it. */
  async vote(question) {
    const { panel } = this;
    const wish = !panel.state.questions.get(question.id).has_voted;
    panel.change(withVote(panel.state, question.id, wish));
    if (this.votes.has(question.id)) return void this.votes.set(question.id, wish);
    this.votes.set(question.id, wish);
    await this.sendVote(question);
  }

  async sendVote(question) {
    const wish = this.votes.get(question.id);
    const { revision } = this.panel.state;
    try {
      const counted = await this.panel.requests.vote(question, wish);
      if (this.votes.get(question.id) !== wish) return await this.sendVote(question);
      this.votes.delete(question.id);
      this.counted(question, counted, revision);
    } catch (error) {
      this.votes.delete(question.id);
      this.panel.change(withVote(this.panel.state, question.id, !wish));
      this.panel.complain(refusalText(error));
    }
  }

  /** A frame that came meanwhile knows the number better. */
  counted(question, { votes_count, has_voted }, revision) {
    const known = this.panel.state.questions.get(question.id);
    if (!known) return;
    const hasMoved = this.panel.state.revision !== revision;
    const votes = hasMoved ? known.votes_count : votes_count;
    this.panel.change(withQuestion(this.panel.state, { ...known, votes_count: votes, has_voted }));
  }

  async answer(question, body, key) {
    this.panel.take(await this.panel.requests.answer(question, { body, key }));
  }

  change(question, changes) {
    return this.try(async () => this.panel.take(await this.panel.requests.change(question, changes)));
  }

  async merge(question) {
    const { order, questions } = this.panel.state;
    const others = order.map((id) => questions.get(id)).filter((other) => other.id !== question.id && !other.is_hidden);
    const into = await chooseTarget(question, others);
    if (into === null) return;
    await this.try(async () => {
      const merged = await this.panel.requests.merge(question, into);
      this.panel.change(without(this.panel.state, question.id));
      this.panel.take(merged);
    });
  }

  async remove(question) {
    if (!(await agreeToDelete(question))) return;
    await this.try(async () => {
      await this.panel.requests.remove(question);
      this.panel.change(without(this.panel.state, question.id));
    });
  }

  removeAnswer(question, answer) {
    return this.try(async () => {
      await this.panel.requests.removeAnswer(question, answer);
      this.panel.reader.askWithin(0);
    });
  }

  async try(action) {
    try {
      await action();
      this.panel.complain("");
    } catch (error) {
      this.panel.complain(refusalText(error));
    }
  }
}
