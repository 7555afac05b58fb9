package io.sluice.stack.redshift.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stack.redshift.session.ExpectedAnswer.Kind;
import io.sluice.stack.redshift.session.ExpectedAnswer.Origin;
import io.sluice.stack.redshift.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AnswerQueueTest {
  private final AnswerQueue queue = new AnswerQueue();

  @Test
  void completesInOrder() throws InterruptedException {
    ExpectedAnswer parse = add(Kind.PARSE);
    ExpectedAnswer sync = add(Kind.SYNC);

    assertThat(queue.current()).isSameAs(parse);
    queue.completed();
    assertThat(parse.awaitDone()).isTrue();
    assertThat(queue.current()).isSameAs(sync);
    queue.completed();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.current()).isNull();
  }

  @Test
  void anErrorSkipsUpToTheSyncThatIsThere() throws InterruptedException {
    ExpectedAnswer parse = add(Kind.PARSE);
    ExpectedAnswer bind = add(Kind.BIND);
    ExpectedAnswer execute = add(Kind.EXECUTE);
    ExpectedAnswer sync = add(Kind.SYNC);
    ExpectedAnswer next = add(Kind.PARSE);

    queue.failed();

    assertThat(parse.awaitDone()).isFalse();
    assertThat(bind.awaitDone()).isFalse();
    assertThat(execute.awaitCopyIn()).isFalse();
    assertThat(queue.current()).isSameAs(sync);
    queue.completed();
    assertThat(queue.current()).isSameAs(next);
    assertThat(next.isOver()).isFalse();
  }

  @Test
  void anErrorWithoutASyncSkipsWhatComesBeforeOne() throws InterruptedException {
    add(Kind.PARSE);
    queue.failed();

    assertThat(add(Kind.BIND).awaitDone()).isFalse();
    assertThat(queue.isEmpty()).isTrue();
    ExpectedAnswer sync = add(Kind.SYNC);
    ExpectedAnswer parse = add(Kind.PARSE);
    assertThat(queue.current()).isSameAs(sync);
    queue.completed();
    assertThat(queue.current()).isSameAs(parse);
  }

  @Test
  void anErrorOfAQueryWaitsForItsEnd() {
    ExpectedAnswer query = add(Kind.QUERY);

    queue.failed();

    assertThat(queue.current()).isSameAs(query);
    assertThat(query.isOver()).isFalse();
  }

  @Test
  void anErrorThatNobodyHasAskedForChangesNothing() {
    queue.failed();

    assertThat(add(Kind.PARSE).isOver()).isFalse();
  }

  @Test
  void nothingIsAwaitedOnceTheDatabaseIsGone() throws InterruptedException {
    ExpectedAnswer parse = add(Kind.PARSE);

    queue.close();

    assertThat(parse.awaitDone()).isFalse();
    assertThat(add(Kind.SYNC).awaitDone()).isFalse();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void anAnswerKeepsRowsAndSaysWhatTheClientReads() {
    ExpectedAnswer own = ExpectedAnswer.of(Kind.EXECUTE, Origin.GATEWAY);
    ExpectedAnswer simple =
        ExpectedAnswer.of(Kind.EXECUTE, Origin.SIMPLE_QUERY).replaceTag("MERGE");

    own.row(new Message('D', new byte[] {0, 2, 0, 0, 0, 1, 'a', -1, -1, -1, -1}));

    assertThat(own.rows()).hasSize(1);
    assertThat(own.rows().get(0)).containsExactly("a", null);
    assertThat(own.reachesClient('D')).isFalse();
    assertThat(simple.reachesClient('1')).isFalse();
    assertThat(simple.reachesClient('T')).isTrue();
    assertThat(simple.shown(Message.commandComplete("INSERT 0 1")).read().cstring())
        .isEqualTo("MERGE");
    assertThat(simple.isCompletedBy('C')).isTrue();
    assertThat(simple.isCompletedBy('D')).isFalse();
  }

  private ExpectedAnswer add(Kind kind) {
    return queue.add(ExpectedAnswer.of(kind, Origin.CLIENT));
  }
}
