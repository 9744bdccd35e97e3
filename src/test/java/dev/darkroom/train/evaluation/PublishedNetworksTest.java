package dev.darkroom.train.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.model.Task;
import dev.darkroom.train.network.TrainingException;
import org.junit.jupiter.api.Test;

class PublishedNetworksTest {

    @Test
    void aFileThatThereIsNotIsNamed() {
        assertThatThrownBy(() -> PublishedNetworks.FFDNET.open(Task.DENOISE, "nowhere/ffdnet.pth", null))
                .isInstanceOf(TrainingException.class).hasMessage("there is no file nowhere/ffdnet.pth with the weights of ffdnet");
    }
}
