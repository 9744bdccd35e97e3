package dev.darkroom.http.access;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./darkroom key}: makes an API key. */
@Command(name = "key", mixinStandardHelpOptions = true, description = {"Make an API key.",
    "Prints the key to standard error, for its owner, and to standard output its line for the file that darkroom.access.keys names:",
    "  ./darkroom key alice >> keys"})
public final class KeyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "Whose it is; appears in the log.")
    private String name;

    @Option(names = "--roles", split = ",", paramLabel = "ROLE", description = "enhance, score, admin (default: enhance,score)")
    private String[] roles = {"enhance", "score"};

    @Option(names = "--requests-per-minute", paramLabel = "N", description = "On average (default: the service's setting).")
    private Integer requestsPerMinute;

    @Option(names = "--concurrent-requests", paramLabel = "N", description = "At a time (default: the service's setting).")
    private Integer concurrentRequests;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String secret = ApiKey.secret();
        String line = key(secret).line();
        PrintWriter errors = spec.commandLine().getErr();
        errors.println("The key of " + name + ", which is shown only now:");
        errors.println(secret);
        errors.flush();
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private ApiKey key(String secret) {
        try {
            return ApiKey.of(name, secret, roles(), new Allowance(number(requestsPerMinute), number(concurrentRequests)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Set<Role> roles() {
        Set<Role> chosen = EnumSet.noneOf(Role.class);
        Arrays.stream(roles).forEach(role -> chosen.add(Role.find(role)
                .orElseThrow(() -> new IllegalArgumentException("the roles are enhance, score and admin"))));
        return chosen;
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
