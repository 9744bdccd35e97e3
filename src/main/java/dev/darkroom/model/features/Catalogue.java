package dev.darkroom.model.features;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The weights that can be installed. */
final class Catalogue {

    /** The classes of the modules that MDF's authors pickled whole; the other files need none. */
    static final Set<String> MODULE_CLASSES = Set.of(
            "SinGAN.models.WDiscriminator", "SinGAN.models.ConvBlock",
            "torch.nn.modules.container.Sequential", "torch.nn.modules.conv.Conv2d",
            "torch.nn.modules.batchnorm.BatchNorm2d", "torch.nn.modules.activation.LeakyReLU");

    private static final String TORCHVISION = "https://download.pytorch.org/models/";
    private static final String GITHUB = "https://raw.githubusercontent.com/";
    private static final String LPIPS = GITHUB
            + "richzhang/PerceptualSimilarity/082bb24f84c091ea94de2867d34c4544f68e0963/lpips/weights/v0.1/";
    private static final String DISTS = GITHUB
            + "dingkeyan93/DISTS/1267d8cb626c98706db3697422701c56a85ebf2e/DISTS_pytorch/";
    private static final String MDF = GITHUB + "gfxdisp/mdf/3901f237cb1e9ac48c2f6ad9b4ff9f4578caedde/weights/";

    private static final Pattern CONVOLUTIONS = Pattern.compile("features\\..*");
    private static final Pattern LINEAR = Pattern.compile("(lin\\d)(?:\\.model\\.1)?\\.weight");
    private static final Pattern ALPHA_BETA = Pattern.compile("alpha|beta");
    /** The first eight; one file has a ninth, which the published loss never uses. */
    private static final Pattern DISCRIMINATORS = Pattern.compile("[0-7]\\..*(?<!num_batches_tracked)");

    static final List<PublishedWeights> ALL = List.of(
            new PublishedWeights("vgg16", "BSD-3-Clause", URI.create(TORCHVISION + "vgg16-397923af.pth"),
                    "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0", 553_433_881,
                    "vgg16_features.npz", "9553e4384fc632036d2946389b3e30482ec2142e32db93735be956a46869ba51", CONVOLUTIONS, "$0"),
            new PublishedWeights("alexnet", "BSD-3-Clause", URI.create(TORCHVISION + "alexnet-owt-7be5be79.pth"),
                    "7be5be791159472b1fbf3c69796f7cb30dca7ad8466c2df70058c37116cdee02", 244_408_911,
                    "alexnet_features.npz", "601a28f415c0b1de582067486952aaf6dd42324bcbfe972d3a05fdde5cfede68", CONVOLUTIONS, "$0"),
            new PublishedWeights("squeezenet1_1", "BSD-3-Clause", URI.create(TORCHVISION + "squeezenet1_1-b8a52dc0.pth"),
                    "b8a52dc049b60e4b6ab68ad0df457362afab8b6304b2febdc1650a5dab4d7e7b", 4_958_839,
                    "squeezenet1_1_features.npz", "8c93aae7813114a18dc0967e4ac52c06f9e2c918f3faf827ba7a6b454408ca27", CONVOLUTIONS, "$0"),
            new PublishedWeights("lpips-alex", "BSD-2-Clause", URI.create(LPIPS + "alex.pth"),
                    "df73285e35b22355a2df87cdb6b70b343713b667eddbda73e1977e0c860835c0", 6_009,
                    "lpips-v0.1-alex.npz", "f95cfa882596768a5c61716dac05806984d0e7f81e9a003d433d8c6bab6e8c8a", LINEAR, "$1.weight"),
            new PublishedWeights("lpips-squeeze", "BSD-2-Clause", URI.create(LPIPS + "squeeze.pth"),
                    "4a5350f23600cb79923ce65bb07cbf57dca461329894153e05a1346bd531cf76", 10_811,
                    "lpips-v0.1-squeeze.npz", "cf4c37a99167828e0c5ee99a90c0ef83ecf0c7dc88b770dd659fb4a1fdb57baa", LINEAR, "$1.weight"),
            new PublishedWeights("lpips-vgg", "BSD-2-Clause", URI.create(LPIPS + "vgg.pth"),
                    "a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868", 7_289,
                    "lpips-v0.1-vgg.npz", "fa05caeaabb689c5c0dcde68173fbf56e68d0168fa42e78f1a17bbe5e082ded2", LINEAR, "$1.weight"),
            new PublishedWeights("dists", "MIT", URI.create(DISTS + "weights.pt"),
                    "f5e65c96230b7f6ca995691647d482237e4cab8a50c5c4a5784f219ef0748218", 12_288,
                    "dists.npz", "a1292598f244abe0672940e6c8c2cbaabc94a4167997f3b1211e58a15f6e1ad1", ALPHA_BETA, "$0"),
            new PublishedWeights("mdf-sr", "BSD-3-Clause", URI.create(MDF + "Ds_SISR.pth"),
                    "69ff954e399176a4869cbc27019df02a32b6600f0f4458f5580c1a7cae8c50b1", 4_174_841,
                    "mdf-sisr-denoise.npz", "525681d116210f5c75576567841e2f5abea9dafba4d55569e20f8990e79f90d9", DISCRIMINATORS, "$0"),
            new PublishedWeights("mdf-jpeg", "BSD-3-Clause", URI.create(MDF + "Ds_JPEG.pth"),
                    "6eee1fbf452c7789db78cfd70de6ff375ed15efa9e48be34eb0bb88ed511ca46", 2_371_665,
                    "mdf-jpeg.npz", "263f6cf7525c7901444bcdd4790f28a3276bb1c954d157cf82b527ab6d6c4b74", DISCRIMINATORS, "$0"));

    private Catalogue() {}

    static Optional<PublishedWeights> find(String id) {
        return ALL.stream().filter(weights -> weights.id().equals(id)).findAny();
    }
}
