package dev.agentrunner.engine.prefix;

import dev.agentrunner.engine.prefix.Witness.Place;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The workflow that does what programs say. Whatever it does depends on all that it was given before, so that
 * a wrong value anywhere shows in the output; but not on what may differ between two executions: moments,
 * random numbers, artifact ids, and whether a step that must run at most once was interrupted.
 */
final class Player {

    /** More bytes than this go to the artifact store. */
    static final int SPILL_BYTES = 1_000;

    static final String ONCE = "once";
    static final String SIGNAL = "go";
    static final String NO_SIGNAL = "never";

    private final List<Program> programs;
    private final Witness witness;
    private final Workflow<Integer, String> workflow = Workflow.named("program", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::run);

    Player(Program program, Witness witness) {
        this.programs = program.all();
        this.witness = witness;
    }

    Workflow<Integer, String> workflow() {
        return workflow;
    }

    private String run(RunContext run, int index) {
        Program program = programs.get(index);
        String told = new Voice(run, "", List.of()).play(program.ops());
        if (program.failing()) {
            throw new IllegalStateException("The program fails, having heard " + told);
        }
        return told;
    }

    /** One branch of a program. */
    private final class Voice {
        private final RunContext run;
        private final String path;
        private final List<String> heard;

        Voice(RunContext run, String path, List<String> before) {
            this.run = run;
            this.path = path;
            this.heard = new ArrayList<>(before);
        }

        String play(List<Op> ops) {
            int before = heard.size();
            for (Op op : ops) {
                heard.add(play(op));
            }
            return String.join(" ", heard.subList(before, heard.size()));
        }

        /** Stands for all that was heard so far. */
        private String digest() {
            return Integer.toHexString(heard.hashCode());
        }

        private Place here() {
            return new Place(run.id(), path + heard.size());
        }

        private String play(Op op) {
            if (op instanceof Op.Step step) {
                return step(step);
            } else if (op instanceof Op.Retried retried) {
                return retried(retried);
            } else if (op instanceof Op.Once once) {
                return once(once);
            } else if (op instanceof Op.Parallel || op instanceof Op.MapOver || op instanceof Op.Broken) {
                return branches(op);
            } else if (op instanceof Op.Call call) {
                return call(call);
            } else if (op instanceof Op.Sleep || op instanceof Op.Await || op instanceof Op.AwaitInVain) {
                return waits(op);
            }
            return aside(op);
        }

        private String step(Op.Step op) {
            String digest = digest();
            String result = run.step("step", String.class, step -> {
                witness.executes(run.id(), step.id(), step.attempt());
                if (op.telling()) {
                    step.log("step " + digest);
                    step.emit("x.step", Map.of("heard", digest));
                    step.artifact("step.txt", "document", digest);
                }
                return op.large() ? digest.repeat(SPILL_BYTES) : digest;
            });
            return "step:" + Integer.toHexString(result.hashCode());
        }

        private String retried(Op.Retried op) {
            String digest = digest();
            RetryPolicy policy = RetryPolicy.attempts(op.forGood() ? op.failures() : op.failures() + 1)
                    .backoff(Duration.ofMillis(op.backoffMillis()));
            try {
                return run.step("retried", String.class, StepOptions.retry(policy), step -> {
                    witness.executes(run.id(), step.id(), step.attempt());
                    if (op.forGood() || step.attempt() <= op.failures()) {
                        throw new IllegalStateException("no " + digest);
                    }
                    return "retried:" + digest;
                });
            } catch (StepFailedException e) {
                return "failed:" + e.failure().message();
            }
        }

        private String once(Op.Once op) {
            String digest = digest();
            try {
                StepOptions options = op.asking() ? StepOptions.atMostOnceOrAsk() : StepOptions.atMostOnce();
                String result = run.step(op.asking() ? "asking" : ONCE, String.class, options, step -> {
                    witness.executes(run.id(), step.id(), step.attempt());
                    return digest;
                });
                return result.equals(digest) ? "once" : result;
            } catch (StepFailedException e) {
                return e.failure().kind().equals("interrupted")
                        ? "once"
                        : e.failure().toString();
            }
        }

        private String branches(Op op) {
            if (op instanceof Op.Parallel parallel) {
                List<Branch<String>> all = IntStream.range(
                                0, parallel.branches().size())
                        .mapToObj(i -> new Branch<>(
                                "b" + i,
                                branch -> inner(branch, i)
                                        .play(parallel.branches().get(i))))
                        .toList();
                return run.parallel("parallel", String.class, all).toString();
            } else if (op instanceof Op.MapOver map) {
                List<Integer> items = IntStream.range(0, map.items()).boxed().toList();
                return run.map(
                                "map",
                                String.class,
                                items,
                                map.concurrency(),
                                (branch, i) -> inner(branch, i).play(map.each()))
                        .toString();
            }
            return broken((Op.Broken) op);
        }

        private Voice inner(RunContext branch, int index) {
            List<String> before = new ArrayList<>(heard);
            before.add("branch " + index);
            return new Voice(branch, path + heard.size() + "." + index + "/", before);
        }

        private String broken(Op.Broken op) {
            List<Branch<String>> all = IntStream.range(0, op.branches())
                    .mapToObj(i -> new Branch<>("b" + i, branch -> {
                        String result = inner(branch, i).play(List.of(new Op.Step(false, false)));
                        if (i == op.failing()) {
                            throw new IllegalStateException("branch " + i + " after " + result);
                        }
                        return result;
                    }))
                    .toList();
            try {
                return run.parallel("broken", String.class, all).toString();
            } catch (StepFailedException e) {
                return "broken:" + e.failure().message();
            }
        }

        private String call(Op.Call op) {
            try {
                return "(" + run.call("call", workflow, programs.indexOf(op.child())) + ")";
            } catch (StepFailedException e) {
                return "called:" + e.failure().kind();
            }
        }

        private String waits(Op op) {
            if (op instanceof Op.Sleep sleep) {
                run.sleep(Duration.ofMillis(sleep.millis()));
                return "slept";
            } else if (op instanceof Op.AwaitInVain vain) {
                try {
                    return run.await(NO_SIGNAL, String.class, Duration.ofMillis(vain.millis()));
                } catch (StepFailedException e) {
                    return e.failure().kind();
                }
            }
            return run.await(SIGNAL, String.class);
        }

        private String aside(Op op) {
            if (op instanceof Op.Now) {
                witness.sees(here(), run.now());
            } else if (op instanceof Op.Random) {
                witness.sees(here(), run.random().nextInt());
            } else if (op instanceof Op.Skip) {
                run.skip("skipped", "for " + digest());
            } else if (op instanceof Op.Log) {
                run.log("log " + digest());
            } else if (op instanceof Op.Emit) {
                run.emit("x.told", Map.of("heard", digest()));
            } else {
                run.artifact("run.txt", "document", digest());
            }
            return op.getClass().getSimpleName();
        }
    }
}
