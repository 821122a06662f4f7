package dev.agentrunner.server.wiring;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Waits until the process is told to end, by SIGTERM or SIGINT, so that it can end by itself and say with which exit code. A
 * second signal ends it at once.
 */
public final class Termination {

    private final CountDownLatch told = new CountDownLatch(1);

    /** Listens to signals from now on; does without where the JVM has no such thing. */
    public static Termination listening() {
        Termination termination = new Termination();
        for (String signal : new String[] {"TERM", "INT"}) {
            termination.listen(signal);
        }
        return termination;
    }

    /**
     * By reflection: the JDK's interface for signals is not part of Java, though every JVM that runs here has it. With it the
     * process ends as usual after its last word; a shutdown hook could set no exit code, but by halting it half-way.
     */
    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object standard = handler.getField("SIG_DFL").get(null);
            Object number = signal.getConstructor(String.class).newInstance(name);
            Object counting = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            signal.getMethod("handle", signal, handler).invoke(null, number, standard);
                            told.countDown();
                        }
                        return method.getName().equals("equals") ? arguments[0] == proxy : null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, number, counting);
        } catch (ReflectiveOperationException e) {
            // The JVM then ends the process in its own way, and the next start finds what the log says.
            return;
        }
    }

    /** Waits for a signal. */
    public void await() throws InterruptedException {
        told.await();
    }
}
