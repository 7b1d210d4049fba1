using Eigenscope.LinearAlgebra;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Eigenscope.Training.Networks;
using Eigenscope.Training.Optimizers;
using Xunit;

namespace Eigenscope.Tests.Training.Networks;

/// <summary>
/// Two updates against PyTorch 1.13.1 (Debian) in float64: torch.nn.functional's linear, tanh, silu, gelu(approximate="tanh"), layer_norm, softmax and cross_entropy, its autograd, and torch.optim's SGD and
/// AdamW with a decay of 0.1 on matrices. Element i of parameter p begins as ((37 i + 11 p) mod 101 - 50) / 60.
/// </summary>
public sealed class TorchStepTests
{
    /// <summary>Sums of some hundred numbers of order one, in another order, after some layers: about a thousand eps.</summary>
    private const double Bound = 1e-12;

    private static readonly Recorded Perceptron = new(
        [1.6846513644270995, 1.3453710567826425, 0.9945659990397435],
        [
            ("layers.0.weight", 0.03287612851240193, 3.086943036401879),
            ("layers.0.bias", 0.054696188319024557, 1.3578761443431415),
            ("head.weight", -2.1843686468229393, 1.8981974901827123),
            ("head.bias", -0.086571547270965, 1.065264554315117),
        ]);

    private static readonly Recorded PerceptronOfSquares = new(
        [6.912217025077116, 4.450095130573962, 2.8451171948656326],
        [
            ("layers.0.weight", 6.950022794998912, 2.7094730068017667),
            ("layers.0.bias", -4.464581769682259, 2.025210422439972),
            ("head.weight", -19.629427860248907, -1.2764083062619778),
            ("head.bias", 1.7397968951984262, 0.8506263818279723),
        ]);

    private static readonly Recorded Transformer = new(
        [2.931508750437772, 2.728520671227414, 2.5502800379594723],
        [
            ("transformer.wte.weight", 0.06428821170505465, -1.9625342268781139),
            ("transformer.wpe.weight", -0.14091391530964026, -0.9157798745963461),
            ("transformer.h.0.ln_1.weight", 0.16804504655329783, -2.958615135385992),
            ("transformer.h.0.ln_1.bias", -0.01653991089787129, -1.5461367043259968),
            ("transformer.h.0.attn.q_proj.weight", -1.4742277083249237e-05, -1.4186713066892587),
            ("transformer.h.0.attn.q_proj.bias", 0.000972546938130358, 0.6717730432303182),
            ("transformer.h.0.attn.k_proj.weight", -0.0002805897052765656, -0.4776364861404039),
            ("transformer.h.0.attn.k_proj.bias", 1.938011383317839e-18, 2.9666666666721566),
            ("transformer.h.0.attn.v_proj.weight", 0.23306790963831836, -3.6822688384939433),
            ("transformer.h.0.attn.v_proj.bias", -0.17617282616200042, -3.094931185305189),
            ("transformer.h.0.attn.o_proj.weight", -0.5310042537107345, 5.769638590917998),
            ("transformer.h.0.attn.o_proj.bias", -0.04444846023682137, -2.5825630829431354),
            ("transformer.h.0.ln_2.weight", -0.3953832888708885, -1.2534110737872406),
            ("transformer.h.0.ln_2.bias", 0.3562847862769064, -2.151921975465425),
            ("transformer.h.0.mlp.fc1.weight", 0.16599951533130236, 3.623889789538636),
            ("transformer.h.0.mlp.fc1.bias", -0.2042564758837222, 2.0828567108516403),
            ("transformer.h.0.mlp.fc2.weight", -2.095749591146954, 2.5668154180514104),
            ("transformer.h.0.mlp.fc2.bias", -0.16651450961339, -2.316290793752867),
            ("transformer.h.1.ln_1.weight", -0.2900171898052826, -2.8251157173237944),
            ("transformer.h.1.ln_1.bias", -0.05153297987880426, 1.4360114365394407),
            ("transformer.h.1.attn.q_proj.weight", 0.0010764913620953257, 4.791581079659466),
            ("transformer.h.1.attn.q_proj.bias", -0.0006755860027613694, -1.3078216977112067),
            ("transformer.h.1.attn.k_proj.weight", -0.00015497920711820984, 0.8922492128305168),
            ("transformer.h.1.attn.k_proj.bias", -3.3881317890172014e-20, 2.5833333333324924),
            ("transformer.h.1.attn.v_proj.weight", -0.07906501533776314, -0.44646319108199695),
            ("transformer.h.1.attn.v_proj.bias", 0.15383896457133533, 3.144652716214426),
            ("transformer.h.1.attn.o_proj.weight", -0.2773882271247481, -1.038605865383198),
            ("transformer.h.1.attn.o_proj.bias", -0.12203099684849926, -2.885187391553165),
            ("transformer.h.1.ln_2.weight", -0.04295677043597835, 1.574437182426817),
            ("transformer.h.1.ln_2.bias", -0.03809234174617636, 0.9474215371698576),
            ("transformer.h.1.mlp.fc1.weight", -0.18387292271002476, -4.756349915687016),
            ("transformer.h.1.mlp.fc1.bias", 0.1330948283117927, 0.9593302521192726),
            ("transformer.h.1.mlp.fc2.weight", -1.6336440528400045, 4.663816241853718),
            ("transformer.h.1.mlp.fc2.bias", -0.1588510792271467, 0.5517991576353576),
            ("transformer.ln_f.weight", 1.7854715470697093, 3.1344365035335975),
            ("transformer.ln_f.bias", -2.524977762161559, -2.1937745390258647),
            ("lm_head.weight", -1.1044390408066933, -3.0223647092429458),
        ]);

    private static readonly Recorded TiedTransformer = new(
        [2.8429758272587207, 2.604153168748509, 2.3858650095318765],
        [
            ("transformer.wte.weight", -0.44627212165548324, -1.4095144004900444),
            ("transformer.wpe.weight", -0.08784312179908257, -1.3008264216962289),
            ("transformer.h.0.ln_1.weight", 0.06690006518345938, -2.799927959910667),
            ("transformer.h.0.ln_1.bias", 0.032127333794768065, -1.5464548110584873),
            ("transformer.h.0.attn.q_proj.weight", 0.003595975318442675, -1.3374393284694213),
            ("transformer.h.0.attn.q_proj.bias", 0.004244975752826755, 0.6351459128534742),
            ("transformer.h.0.attn.k_proj.weight", 0.015364024706128396, -0.5959333044992157),
            ("transformer.h.0.attn.k_proj.bias", 1.474514954580286e-17, 2.9666666666687327),
            ("transformer.h.0.attn.v_proj.weight", 0.3787623732360437, -3.824711584548683),
            ("transformer.h.0.attn.v_proj.bias", -0.08836607977195529, -3.2020452010458644),
            ("transformer.h.0.attn.o_proj.weight", -0.4269625438333389, 5.381364520839415),
            ("transformer.h.0.attn.o_proj.bias", -0.09783748011154157, -2.5546573423700734),
            ("transformer.h.0.ln_2.weight", -0.5413438243734013, -1.2785148319553123),
            ("transformer.h.0.ln_2.bias", 0.43329582060845007, -2.1302040522968877),
            ("transformer.h.0.mlp.fc1.weight", 0.21644118538019608, 4.108905796100657),
            ("transformer.h.0.mlp.fc1.bias", -0.2303387768412538, 2.4060156637299084),
            ("transformer.h.0.mlp.fc2.weight", -2.686571726696571, 2.234277318949461),
            ("transformer.h.0.mlp.fc2.bias", -0.2673530912643572, -2.2396446213262347),
            ("transformer.h.1.ln_1.weight", -0.050747185276579114, -2.874151990529731),
            ("transformer.h.1.ln_1.bias", -0.038767505639170405, 1.4023076885252292),
            ("transformer.h.1.attn.q_proj.weight", 0.001684496588677345, 4.981716836390329),
            ("transformer.h.1.attn.q_proj.bias", -0.0011290147689497767, -1.227207709106438),
            ("transformer.h.1.attn.k_proj.weight", -0.0002149214492756864, 1.121765024232716),
            ("transformer.h.1.attn.k_proj.bias", -5.776764700274328e-19, 2.583333333332349),
            ("transformer.h.1.attn.v_proj.weight", -0.2033858897068594, -0.5783662113915558),
            ("transformer.h.1.attn.v_proj.bias", 0.13603535013766255, 3.0669672514448485),
            ("transformer.h.1.attn.o_proj.weight", -0.5112082901908013, -0.869966393969551),
            ("transformer.h.1.attn.o_proj.bias", -0.2333601702252888, -2.763681391866816),
            ("transformer.h.1.ln_2.weight", 0.06964809504802384, 1.4594244836061203),
            ("transformer.h.1.ln_2.bias", -0.17810231661669584, 1.0695302520131373),
            ("transformer.h.1.mlp.fc1.weight", -0.11078103122884453, -4.558472154845549),
            ("transformer.h.1.mlp.fc1.bias", 0.08187219917959809, 0.9994459699937002),
            ("transformer.h.1.mlp.fc2.weight", -2.211435611140658, 5.139673437600114),
            ("transformer.h.1.mlp.fc2.bias", -0.25710365273228697, 0.6694001100533544),
            ("transformer.ln_f.weight", 1.4286695618922125, 3.0881540878167213),
            ("transformer.ln_f.bias", -1.9845350887048288, -2.2339473674008516),
        ]);

    [Fact]
    public void Of_a_perceptron() => Confirm(
        Perceptron,
        new NetworkOptions { Width = 4, Depth = 1, Activation = ActivationKind.Tanh },
        new DataShape(5, 3),
        LossKind.CrossEntropy,
        new OptimizerOptions { LearningRate = 0.5, Momentum = 0.9, WeightDecay = 0.1 },
        Vectors());

    [Fact]
    public void Of_a_perceptron_and_squares() => Confirm(
        PerceptronOfSquares,
        new NetworkOptions { Width = 4, Depth = 1, Activation = ActivationKind.Silu },
        new DataShape(5, 3),
        LossKind.Squares,
        new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = 0.05, WeightDecay = 0.1 },
        Vectors());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_transformer(bool isTied) => Confirm(
        isTied ? TiedTransformer : Transformer,
        new NetworkOptions { Kind = NetworkKind.Transformer, Width = 8, Depth = 2, Heads = 2, Context = 5, Activation = ActivationKind.Gelu, IsTied = isTied },
        new DataShape(0, 7),
        LossKind.CrossEntropy,
        new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = 0.01, WeightDecay = 0.1 },
        Tokens());

    private static void Confirm(Recorded recorded, NetworkOptions options, DataShape shape, LossKind loss, OptimizerOptions updates, Batch batch)
    {
        var execution = Execution.OneThread(TestContext.Current.CancellationToken);
        var network = Network.Of(options, shape, 0);
        var parameters = recorded.Parameters.Select(row => Assert.Single(network.Parameters, parameter => parameter.Name == row.Name)).ToList();
        Assert.Equal(network.Parameters.Count, parameters.Count);
        for (var p = 0; p < parameters.Count; p++)
        {
            Fill(parameters[p].Value, p, 1);
        }

        var optimizer = Optimizer.Of(updates, network.Parameters);
        for (var step = 0; step < 2; step++)
        {
            Assert.Equal(recorded.Losses[step], Differentiate(), Bound);
            optimizer.Update(step, updates.LearningRate, 1);
        }

        for (var p = 0; p < parameters.Count; p++)
        {
            Assert.Equal(recorded.Parameters[p].Gradient, Weighted(parameters[p].Gradient), Bound);
            Assert.Equal(recorded.Parameters[p].Value, Weighted(parameters[p].Value), 10 * Bound);
        }

        Assert.Equal(recorded.Losses[2], Differentiate(), 10 * Bound);

        double Differentiate()
        {
            var outputs = network.Forward(batch, execution);
            var value = Losses.Of(loss, outputs, batch);
            network.Backward(outputs, execution);
            return value;
        }
    }

    private static void Fill(RowMajor matrix, int number, double factor)
    {
        for (var i = 0; i < matrix.Count; i++)
        {
            matrix.Elements[i] = factor * ((((i * 37) + (number * 11)) % 101) - 50) / 60;
        }
    }

    private static double Weighted(RowMajor matrix) => Enumerable.Range(0, matrix.Count).Sum(i => matrix.Values[i] * ((i % 7) - 3));

    private static Batch Vectors()
    {
        var batch = new Batch();
        var (inputs, labels) = batch.Classified(6, 5);
        Fill(inputs, 100, 3);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 3;
        }

        return batch;
    }

    private static Batch Tokens()
    {
        var batch = new Batch();
        var (tokens, labels) = batch.Text(15);
        for (var i = 0; i < tokens.Length; i++)
        {
            (tokens[i], labels[i]) = (At(i / 5, i % 5), At(i / 5, (i % 5) + 1));
        }

        return batch;

        static int At(int b, int t) => ((3 * b) + (2 * t) + (t * t)) % 7;
    }

    /// <summary>What PyTorch computed.</summary>
    /// <param name="Losses">Before the first update, before and after the second.</param>
    /// <param name="Parameters">Sums over i of ((i mod 7) - 3) times the elements of the second gradient, and of the weights after the second update.</param>
    private sealed record Recorded(double[] Losses, (string Name, double Gradient, double Value)[] Parameters);
}
