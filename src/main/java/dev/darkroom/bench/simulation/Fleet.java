package dev.darkroom.bench.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Services behind a balancer that gives each the next request in turn, as many as the autoscaler wants. */
public final class Fleet {
    private final VirtualTime time;
    private final Supplier<SimulatedService> factory;
    private final Autoscaling autoscaling;
    private final long endNanos;
    private final List<SimulatedService> services = new ArrayList<>();
    private int starting;
    private int next;
    private long enoughSince;
    private long lastChange;
    private double serviceNanos;
    private int most;

    /** @param end when requests stop coming and nothing is scaled any more */
    public Fleet(VirtualTime time, Autoscaling autoscaling, Duration end, Supplier<SimulatedService> factory) {
        this.time = time;
        this.autoscaling = autoscaling;
        this.factory = factory;
        endNanos = end.toNanos();
        for (int i = 0; i < autoscaling.min(); i++) {
            services.add(factory.get());
        }
        most = services.size();
        if (autoscaling.max() > autoscaling.min()) {
            time.after(autoscaling.every(), this::scale);
        }
    }

    /** Looks at the fleet from time to time. */
    public interface Watch {
        /** @param queued of all services together */
        void look(long nanos, int services, Duration queued);
    }

    /** Calls {@code watch} every {@code every} until requests stop coming. */
    public void watch(Duration every, Watch watch) {
        watch.look(time.getAsLong(), services.size(), queued());
        if (time.getAsLong() < endNanos) {
            time.after(every, () -> watch(every, watch));
        }
    }

    public void receive(Arrival request) {
        next = (next + 1) % services.size();
        services.get(next).receive(request);
    }

    private void scale() {
        int running = services.size() + starting;
        int wanted = autoscaling.wanted(running, queued());
        for (; wanted > running; running++) {
            starting++;
            time.after(autoscaling.startup(), this::started);
        }
        if (wanted >= running) {
            enoughSince = time.getAsLong();
        } else if (time.getAsLong() - enoughSince >= autoscaling.calmness().toNanos() && services.size() > autoscaling.min()) {
            changing();
            services.remove(services.size() - 1).shutDown();
        }
        if (time.getAsLong() < endNanos) {
            time.after(autoscaling.every(), this::scale);
        }
    }

    private Duration queued() {
        return services.stream().map(service -> service.admission().queued()).reduce(Duration.ZERO, Duration::plus);
    }

    private void started() {
        changing();
        starting--;
        services.add(factory.get());
        most = Math.max(most, services.size());
    }

    private void changing() {
        serviceNanos += (double) services.size() * (time.getAsLong() - lastChange);
        lastChange = time.getAsLong();
    }

    /** Over the time until now. */
    public double meanServices() {
        changing();
        return serviceNanos / lastChange;
    }

    public int mostServices() {
        return most;
    }
}
