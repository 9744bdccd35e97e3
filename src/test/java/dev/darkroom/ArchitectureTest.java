package dev.darkroom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.darkroom.batching.Admission;
import dev.darkroom.batching.Hold;
import dev.darkroom.image.file.ByteReader;
import dev.darkroom.image.file.Container;
import dev.darkroom.image.file.Exif;
import dev.darkroom.image.file.TiffDirectory;
import java.util.Arrays;
import java.util.stream.Stream;

/** The arrows between the packages. */
@AnalyzeClasses(packages = "dev.darkroom", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] EDGES = {"enhance", "score", "compare", "http", "job.http", "ops"};
    private static final String[] SERVED = {"enhance.http", "score", "compare.http", "http", "job.http", "ops"};
    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("dev.darkroom..");

    @ArchTest
    static final ArchRule batchingKnowsTheJdkOnly = classes().that(in("batching"))
            .should().onlyDependOnClassesThat(in("batching").or(resideInAPackage("java..")));

    @ArchTest
    static final ArchRule imageKnowsMemoryAlone = arrows("image", "memory");

    @ArchTest
    static final ArchRule memoryKnowsNoOtherPackage = arrows("memory");

    @ArchTest
    static final ArchRule tilesAreGeometryAlone = arrows("image.tile");

    @ArchTest
    static final ArchRule filesKnowNoContainer = arrows("image.file");

    @ArchTest
    static final ArchRule containersAreReadWithoutCodecs = arrows("image.container", "image.file");

    @ArchTest
    static final ArchRule coloursKnowNoContainer = arrows("image.container.colour", "image.file");

    @ArchTest
    static final ArchRule containersKnowNotEachOther = noClasses().that(in("image.container.jpeg", "image.container.heif", "image.container.graphic"))
            .should().dependOnClassesThat(in("image.container.tiff").or(room("image.container")));

    @ArchTest
    static final ArchRule othersSeeAFileByItsFace = noClasses().that(OURS.and(not(in("image.container"))))
            .should().dependOnClassesThat(in("image.container").and(not(room("image.container"))).and(assignableTo(Container.class)));

    @ArchTest
    static final ArchRule storedBytesAreReadWhereFilesAre = noClasses().that(OURS.and(not(in("image"))))
            .should().dependOnClassesThat(assignableTo(ByteReader.class).or(assignableTo(TiffDirectory.class)).or(assignableTo(Exif.class)));

    @ArchTest
    static final ArchRule codecsKnowTheFilesTheyDecode = arrows("image.codec", "image.container", "image.file", "memory");

    @ArchTest
    static final ArchRule estimatesAreOfPictures = arrows("estimate", "image", "model");

    @ArchTest
    static final ArchRule noiseIsEstimatedOfThePictureAlone = arrows("estimate.noise", "estimate.picture");

    @ArchTest
    static final ArchRule shakesAreFoundInThePictureAlone = arrows("estimate.shake", "estimate.picture");

    @ArchTest
    static final ArchRule whatAFileHasLostIsFoundInThePictureAndItsTables = arrows("estimate.jpeg", "estimate.picture", "image.file");

    @ArchTest
    static final ArchRule coloursAreCountedInThePictureAlone = arrows("estimate.colour", "estimate.picture");

    @ArchTest
    static final ArchRule modelKnowsNoOtherPackage = arrows("model");

    @ArchTest
    static final ArchRule lossKnowsNoOtherPackage = arrows("loss");

    @ArchTest
    static final ArchRule arithmeticKnowsNoMeasure = arrows("loss.arithmetic");

    @ArchTest
    static final ArchRule measuresOnPixelsNeedNoNetwork = arrows("loss.pixel", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule networksKnowNoMeasureOfTheirs = arrows("loss.network", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule measuresOnFeaturesKnowTheNetworks = arrows("loss.feature", "loss.network", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule measuresOfDistributionsKnowTheNetworks = arrows("loss.distribution", "loss.network", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule measuresOfCorrespondencesKnowTheNetworks = arrows("loss.correspondence", "loss.network", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule semanticStatisticsKnowTheNetworks = arrows("loss.semantic", "loss.network", "loss.measure", "loss.arithmetic");

    @ArchTest
    static final ArchRule inferenceKnowsBatchingModelAndMemory = arrows("inference", "batching", "model", "memory");

    @ArchTest
    static final ArchRule checkpointsKnowNoQueue = arrows("inference.checkpoint", "inference.device", "model");

    @ArchTest
    static final ArchRule devicesKnowNothingOfWhatRunsOnThem = arrows("inference.device");

    @ArchTest
    static final ArchRule manifestsKnowNoStore = noClasses().that(in("model").and(not(in("model.store")))).should().dependOnClassesThat(in("model.store"));

    @ArchTest
    static final ArchRule trainKnowsWhatItTrainsWith = arrows("train", "loss", "image", "model", "inference", "estimate", "terminal", "memory");

    @ArchTest
    static final ArchRule degradationsKnowNoTrainer = noClasses().that(in("train.degradation"))
            .should().dependOnClassesThat(in("train").and(not(in("train.degradation", "train.photo"))));

    @ArchTest
    static final ArchRule photographsKnowNoDegradation = noClasses().that(in("train.photo")).should().dependOnClassesThat(in("train").and(not(in("train.photo"))));

    @ArchTest
    static final ArchRule degradationsKnowNoneOfTheirRooms = noClasses().that(room("train.degradation"))
            .should().dependOnClassesThat(in("train.degradation.shake", "train.degradation.haze"));

    @ArchTest
    static final ArchRule adoptionKnowsWhatItTriesWith = arrows("adopt", "enhance", "train.photo", "inference", "image", "model");

    @ArchTest
    static final ArchRule networksKnowNoTrainer = arrows("train.network", "loss", "model", "inference");

    @ArchTest
    static final ArchRule trainerKnowsNoEvaluation = noClasses().that(in("train").and(not(in("train.evaluation"))))
            .should().dependOnClassesThat(in("train.evaluation"));

    @ArchTest
    static final ArchRule coresKnowDeadlinesAndMemory = arrows("cores", "batching", "memory");

    @ArchTest
    static final ArchRule enhanceKnowsWhatIsBelow = arrows("enhance", "http", "job", "image", "estimate", "batching", "cores", "inference", "model", "terminal", "memory");

    @ArchTest
    static final ArchRule compareKnowsWhatItComparesWith = arrows("compare", "enhance", "score", "http", "job", "loss", "estimate", "image", "batching", "model", "memory");

    @ArchTest
    static final ArchRule nobodyKnowsWhoCompares = noClasses().that(in("enhance", "score", "job", "http")).should().dependOnClassesThat(in("compare"));

    @ArchTest
    static final ArchRule pipelineKnowsNobodyWhoAsks = noClasses().that(room("enhance").or(room("score")).or(room("compare")))
            .should().dependOnClassesThat(in("enhance.http", "enhance.files", "score.http", "compare.http", "http"));

    @ArchTest
    static final ArchRule filesAreEnhancedWithoutHttp = noClasses().that(in("enhance.files")).should().dependOnClassesThat(in("enhance.http", "http"));

    @ArchTest
    static final ArchRule benchKnowsWhatItMeasures = arrows("bench", "enhance", "batching", "inference", "image", "model");

    @ArchTest
    static final ArchRule doctorLooksAtWhatWouldRun = arrows("doctor", "enhance", "inference", "loss", "model");

    @ArchTest
    static final ArchRule terminalKnowsNoOtherPackage = arrows("terminal");

    @ArchTest
    static final ArchRule jobsKnowNotWhatIsDone = classes().that(resideInAPackage("dev.darkroom.job"))
            .should().onlyDependOnClassesThat(resideInAPackage("dev.darkroom.job").or(not(OURS)));

    @ArchTest
    static final ArchRule reportsKnowNothingOfWhatTheyReport = arrows("bench.report");

    @ArchTest
    static final ArchRule picturesKnowNoService = arrows("bench.picture", "bench.report", "image");

    @ArchTest
    static final ArchRule bareEngineHasNothingAroundIt = arrows("bench.engine", "inference", "model");

    @ArchTest
    static final ArchRule simulationKnowsTheQueueAlone = arrows("bench.simulation", "batching");

    @ArchTest
    static final ArchRule scoreKnowsWhatIsBelow = arrows("score", "http", "job", "loss", "image", "batching", "inference", "model", "terminal");

    /** It holds the one table from failures to HTTP, so it knows them by name; uploads are admitted while they are read. */
    @ArchTest
    static final ArchRule httpKnowsTheFailuresBelowAndAdmission = classes().that(in("http"))
            .should().onlyDependOnClassesThat(in("http", "memory").or(not(OURS))
                    .or(describe("admission", type -> type.getName().startsWith(Admission.class.getName()) || type.getName().equals(Hold.class.getName())))
                    .or(in("enhance", "score", "job", "image", "batching", "model", "inference", "loss").and(assignableTo(Throwable.class))));

    @ArchTest
    static final ArchRule onlyTheCommandLineAndOpsKnowTheEdges = noClasses().that(OURS.and(not(in(EDGES))).and(not(in("bench", "doctor", "adopt"))).and(not(commandLine())))
            .should().dependOnClassesThat(in(EDGES));

    @ArchTest
    static final ArchRule commandLineKnowsTheCommands = classes().that(commandLine())
            .should().onlyDependOnClassesThat(not(OURS).or(commandLine()).or(in("enhance", "score", "train", "bench", "doctor", "adopt", "model.features", "http.access", "terminal")));

    @ArchTest
    static final ArchRule servingFrameworkStaysAtTheEdges = noClasses().that(OURS.and(not(in(SERVED))))
            .should().dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..",
                    "org.jboss.resteasy..", "org.eclipse.microprofile..", "io.micrometer.."));

    @ArchTest
    static final ArchRule engineStaysWhereNetworksRun = noClasses().that(OURS.and(not(in("inference", "loss", "train", "bench.engine"))))
            .should().dependOnClassesThat(resideInAPackage("ai.djl.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("dev.darkroom.(**)").should().beFreeOfCycles();

    private static ArchRule arrows(String from, String... to) {
        String[] known = Stream.concat(Stream.of(from), Arrays.stream(to)).toArray(String[]::new);
        return classes().that(in(from)).should().onlyDependOnClassesThat(in(known).or(not(OURS)));
    }

    private static DescribedPredicate<JavaClass> in(String... names) {
        return resideInAnyPackage(Arrays.stream(names).map(name -> "dev.darkroom." + name + "..").toArray(String[]::new));
    }

    /** The package itself, without the rooms in it. */
    private static DescribedPredicate<JavaClass> room(String name) {
        return resideInAPackage("dev.darkroom." + name);
    }

    private static DescribedPredicate<JavaClass> commandLine() {
        return describe("the command line", type -> type.getPackageName().equals("dev.darkroom"));
    }
}
