package dev.agentrunner.yaml.expression;

/** Evaluates all hostile expressions in a small heap, and says how each one ended. */
final class HostileProgram {

    private HostileProgram() {}

    public static void main(String[] arguments) {
        for (String source : Hostile.EXPRESSIONS) {
            String end;
            try {
                end = "gave "
                        + Expression.compile(source).evaluate(Scope.scope()).size();
            } catch (ExpressionException e) {
                end = e.kind() + (e.getMessage().contains("memory") ? " of the heap" : "");
            } catch (Throwable e) {
                end = e.toString();
            }
            System.out.println(end);
        }
    }
}
