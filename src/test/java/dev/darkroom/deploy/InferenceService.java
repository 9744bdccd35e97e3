package dev.darkroom.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Map;

/** KServe's {@code serving.kserve.io/v1beta1}, the fields of its documentation that concern us; there is no artefact with its types. */
record InferenceService(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
    record Spec(Predictor predictor) {}

    /** A pod's specification with some fields of KServe's own. */
    record Predictor(Map<String, String> labels, Integer minReplicas, Integer maxReplicas, String serviceAccountName,
            Boolean automountServiceAccountToken, Long terminationGracePeriodSeconds, PodSecurityContext securityContext,
            List<Container> containers, List<Volume> volumes) {

        PodSpec pod() {
            return new PodSpecBuilder().withServiceAccountName(serviceAccountName).withAutomountServiceAccountToken(automountServiceAccountToken)
                    .withTerminationGracePeriodSeconds(terminationGracePeriodSeconds).withSecurityContext(securityContext)
                    .withContainers(containers).withVolumes(volumes).build();
        }
    }
}
