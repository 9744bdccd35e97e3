package dev.darkroom.ops;

import dev.darkroom.batching.Admission;
import dev.darkroom.memory.ProcessMemory;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says at the start how memory is shared, and whether that can be. */
@ApplicationScoped
class MemoryCheck {
    private static final Logger LOG = Logger.getLogger(MemoryCheck.class);

    void look(@Observes StartupEvent event, Admission admission) {
        var memory = ProcessMemory.ofThisProcess();
        if (memory.has(admission.capacityBytes())) {
            LOG.info(memory.with(admission.capacityBytes()));
        } else {
            LOG.warnf("%s, which is more than there is: lower -Xmx, MaxDirectMemorySize or darkroom.limits.queue-memory, or raise the limit",
                    memory.with(admission.capacityBytes()));
        }
    }
}
