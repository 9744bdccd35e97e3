package dev.darkroom.image.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import dev.darkroom.image.container.heif.HeifPicture.Codec;
import dev.darkroom.image.container.heif.HeifPicture.Part;
import dev.darkroom.image.file.DamagedImageException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Decodes HEVC's and AV1's still pictures, one after the other, by FFmpeg's libavcodec; no callback leads from there to Java. */
final class CodedPictures implements AutoCloseable {
    private final byte[] configuration;
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();

    static {
        av_log_set_level(AV_LOG_QUIET);
    }

    /** @param maxPixels more than which a coded picture may not have, whatever it says itself */
    CodedPictures(Codec codec, byte[] configuration, long maxPixels) {
        this.configuration = configuration;
        AVCodec decoder = codec == Codec.HEVC ? avcodec_find_decoder_by_name("hevc") : av1();
        context = avcodec_alloc_context3(decoder);
        context.thread_count(1);
        context.max_pixels(maxPixels);
        if (codec == Codec.HEVC) {
            var extra = new BytePointer(av_mallocz(configuration.length + (long) AV_INPUT_BUFFER_PADDING_SIZE));
            extra.capacity(configuration.length).put(configuration);
            context.extradata(extra).extradata_size(configuration.length); // freed with the context
        }
        if (avcodec_open2(context, decoder, (AVDictionary) null) < 0) {
            close();
            throw damaged();
        }
    }

    private static AVCodec av1() {
        AVCodec decoder = avcodec_find_decoder_by_name("libdav1d");
        decoder = decoder == null ? avcodec_find_decoder_by_name("libaom-av1") : decoder;
        return decoder == null ? avcodec_find_decoder(AV_CODEC_ID_AV1) : decoder;
    }

    boolean takes(Part part) {
        return Arrays.equals(configuration, part.configuration());
    }

    /**
     * Decodes one.
     *
     * @param use what is done with it, while it is there
     * @throws DamagedImageException if it cannot be decoded
     */
    void decode(Part part, Consumer<AVFrame> use) {
        int length = part.data().remaining();
        try (var data = new BytePointer((long) length + AV_INPUT_BUFFER_PADDING_SIZE)) {
            data.asByteBuffer().put(part.data().duplicate()).put(new byte[AV_INPUT_BUFFER_PADDING_SIZE]);
            packet.data(data).size(length);
            boolean decoded = avcodec_send_packet(context, packet) >= 0 && avcodec_send_packet(context, (AVPacket) null) >= 0
                    && avcodec_receive_frame(context, frame) >= 0;
            if (!decoded || frame.decode_error_flags() != 0) {
                throw damaged();
            }
            use.accept(frame);
        } finally {
            av_frame_unref(frame);
            packet.data(null).size(0);
            avcodec_flush_buffers(context);
        }
    }

    static DamagedImageException damaged() {
        return new DamagedImageException("the image is damaged and cannot be decoded");
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
