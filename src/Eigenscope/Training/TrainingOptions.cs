namespace Eigenscope.Training;

/// <summary>What is trained, on what, and how. Equal options give equal weights, bit for bit, whatever <see cref="Threads"/> is.</summary>
public sealed record TrainingOptions
{
    /// <summary>The network.</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The data.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>The optimiser.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>The loss.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>How many updates are made.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Examples in a mini-batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>True where every mini-batch is drawn anew with replacement; false where all examples come in turn, in a new order each time.</summary>
    public bool IndependentBatches { get; init; }

    /// <summary>The seed of weights and mini-batches.</summary>
    public long Seed { get; init; }

    /// <summary>After which steps there is a checkpoint, ascending; the last step has one in any case. See <see cref="CheckpointSteps"/>.</summary>
    public IReadOnlyList<int> SaveAt { get; init; } = [0];

    /// <summary>From how many independent mini-batches each checkpoint has statistics of the gradient; 0 for none, else at least 2.</summary>
    public int GradientBatches { get; init; }

    /// <summary>The first and the last step whose mini-batch gradient is kept; null for none. Step t is the update that follows t others.</summary>
    public (int From, int To)? KeptGradients { get; init; }

    /// <summary>True for files that hold the weights as float64; else float32, each rounded to the nearest.</summary>
    public bool StoresDouble { get; init; }

    /// <summary>The threads that work on one training, at least 1. Several trainings are better done side by side with one thread each.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Options under which each network learns its usual data in a minute or less on one thread.</summary>
    public static TrainingOptions For(NetworkKind kind) => kind switch
    {
        NetworkKind.Mlp => new() { Network = new() { Kind = kind, Width = 128 } },
        NetworkKind.Transformer => new()
        {
            Network = new() { Kind = kind, Activation = ActivationKind.Gelu },
            Data = new() { Kind = DataKind.Grammar, HeldOut = 128 },
            Optimizer = Transformers,
            Steps = 500,
            BatchSize = 16,
        },
        NetworkKind.Vit => new() { Network = new() { Kind = kind, Activation = ActivationKind.Gelu }, Optimizer = Transformers, Steps = 500, BatchSize = 32 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static OptimizerOptions Transformers => new() { Kind = OptimizerKind.AdamW, LearningRate = 3e-3, WeightDecay = 0.01, WarmUp = 50, Cosine = true };

    /// <summary>Throws where a number is out of its range or options do not go together.</summary>
    /// <exception cref="TrainingException">They cannot be; the message is one line.</exception>
    public void Check()
    {
        TrainingException.Require(Steps >= 1, $"{Steps} steps: at least one is wanted");
        TrainingException.Require(BatchSize >= 1, $"a batch of {BatchSize} examples: at least one is wanted");
        TrainingException.Require(Threads >= 1, $"{Threads} threads: at least one is wanted");
        TrainingException.Require(GradientBatches is 0 or >= 2, $"{GradientBatches} mini-batches have no variance: two or more are wanted");
        TrainingException.Require(SaveAt.All(step => step >= 0 && step <= Steps), $"a checkpoint is wanted after a step that is not among 0 to {Steps}");
        TrainingException.Require(KeptGradients is not { } kept || (kept.From >= 0 && kept.From <= kept.To && kept.To < Steps), $"gradients are there at steps 0 to {Steps - 1}, from an earlier to a later one");
        Network.Check();
        Data.Check();
        Optimizer.Check(Steps);
        RequireTask();
    }

    private void RequireTask()
    {
        TrainingException.Require(Data.Kind != DataKind.LinearTeacher || Loss == LossKind.Squares, "the targets of a linear teacher are no classes: they want the loss mse");
        var isText = Data.Kind is DataKind.Grammar or DataKind.TextFile;
        TrainingException.Require((Network.Kind == NetworkKind.Transformer) == isText, isText ? "text wants a transformer" : "a transformer wants text: grammar or a file");
        var isImage = Data.Kind is DataKind.Digits or DataKind.ImageFiles;
        TrainingException.Require(Network.Kind != NetworkKind.Vit || isImage, "a vision transformer wants images: digits or files of MNIST's format");
        TrainingException.Require(
            Network.Kind != NetworkKind.Vit || Data.Kind != DataKind.Digits || Data.Side % Network.Patch == 0,
            $"images of {Data.Side} x {Data.Side} do not divide into patches of {Network.Patch} x {Network.Patch}");
    }
}

/// <summary>The kind of a network.</summary>
public enum NetworkKind
{
    /// <summary>A multilayer perceptron.</summary>
    Mlp,

    /// <summary>A decoder-only transformer over characters.</summary>
    Transformer,

    /// <summary>A vision transformer.</summary>
    Vit,
}

/// <summary>The function between linear maps.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>The Gaussian error linear unit in the form with tanh.</summary>
    Gelu,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>x / (1 + exp(-x)).</summary>
    Silu,

    /// <summary>x: a linear network.</summary>
    Identity,
}

/// <summary>What is minimised.</summary>
public enum LossKind
{
    /// <summary>The mean of -log softmax(z)_label.</summary>
    CrossEntropy,

    /// <summary>The mean of |z - y|^2 / 2, where y is the target, or the unit vector of the class.</summary>
    Squares,
}

/// <summary>A network and its sizes.</summary>
public sealed record NetworkOptions
{
    /// <summary>The kind.</summary>
    public NetworkKind Kind { get; init; } = NetworkKind.Mlp;

    /// <summary>The width of hidden layers, or of the stream.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Hidden layers (none make a linear map), or blocks.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Attention heads, a divisor of the width.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The width of a feed-forward network, in widths of the stream.</summary>
    public int InnerFactor { get; init; } = 4;

    /// <summary>Characters that a language model sees.</summary>
    public int Context { get; init; } = 64;

    /// <summary>Rows and columns of a patch.</summary>
    public int Patch { get; init; } = 4;

    /// <summary>True where a vision transformer takes the mean over its rows; else the row of the class token.</summary>
    public bool PoolsMean { get; init; }

    /// <summary>True where a language model's head is its table of tokens.</summary>
    public bool IsTied { get; init; }

    /// <summary>False for a perceptron without biases.</summary>
    public bool Biases { get; init; } = true;

    /// <summary>The activation.</summary>
    public ActivationKind Activation { get; init; } = ActivationKind.Relu;

    /// <summary>What the usual standard deviation of the first weights is multiplied by.</summary>
    public double InitialScale { get; init; } = 1;

    internal void Check()
    {
        TrainingException.Require(Width is >= 1 and <= 8192, $"a width of {Width} is not among 1 to 8192");
        TrainingException.Require(Depth <= 64 && Depth >= (Kind == NetworkKind.Mlp ? 0 : 1), $"a depth of {Depth} is not among {(Kind == NetworkKind.Mlp ? 0 : 1)} to 64");
        TrainingException.Require(double.IsFinite(InitialScale) && InitialScale >= 0, $"an initial scale of {InitialScale} is no number from 0");
        if (Kind != NetworkKind.Mlp)
        {
            TrainingException.Require(Heads >= 1 && Width % Heads == 0, $"a width of {Width} is not divisible by {Heads} heads");
            TrainingException.Require(InnerFactor is >= 1 and <= 16, $"a feed-forward factor of {InnerFactor} is not among 1 to 16");
            TrainingException.Require(Context is >= 1 and <= 4096, $"a context of {Context} is not among 1 to 4096");
            TrainingException.Require(Patch >= 1, $"a patch of {Patch} x {Patch} has no pixel");
        }
    }
}

/// <summary>The kind of data.</summary>
public enum DataKind
{
    /// <summary>Drawn digits.</summary>
    Digits,

    /// <summary>Images and labels in files of MNIST's format (IDX).</summary>
    ImageFiles,

    /// <summary>A linear map of low rank from anisotropic normal inputs, with noise.</summary>
    LinearTeacher,

    /// <summary>Classes given by a random network.</summary>
    ClassTeacher,

    /// <summary>Text of a probabilistic grammar.</summary>
    Grammar,

    /// <summary>A text file.</summary>
    TextFile,
}

/// <summary>What is learned from.</summary>
public sealed record DataOptions
{
    /// <summary>The kind.</summary>
    public DataKind Kind { get; init; } = DataKind.Digits;

    /// <summary>The file or folder of <see cref="DataKind.ImageFiles"/> and <see cref="DataKind.TextFile"/>.</summary>
    public string? Path { get; init; }

    /// <summary>The seed of what is made, and of what is held out.</summary>
    public long Seed { get; init; }

    /// <summary>Examples for training, where they are made; characters of a text that is made are fifty times as many.</summary>
    public int Examples { get; init; } = 4000;

    /// <summary>Examples held out; windows of a text.</summary>
    public int HeldOut { get; init; } = 1000;

    /// <summary>Rows and columns of drawn digits.</summary>
    public int Side { get; init; } = 16;

    /// <summary>Inputs of a teacher.</summary>
    public int Inputs { get; init; } = 64;

    /// <summary>Outputs of a teacher, or its classes.</summary>
    public int Outputs { get; init; } = 10;

    /// <summary>The rank of a linear teacher.</summary>
    public int Rank { get; init; } = 4;

    /// <summary>The largest variance of an input over the smallest; 1 for isotropic ones.</summary>
    public double Condition { get; init; } = 10;

    /// <summary>The standard deviation of the noise on the targets of a linear teacher, of the noise in drawn digits in units of black, or the share of wrong labels in training of a teacher of classes.</summary>
    public double Noise { get; init; } = 0.1;

    internal void Check()
    {
        TrainingException.Require(Examples is >= 1 and <= 1_000_000, $"{Examples} examples are not among 1 to 1000000");
        TrainingException.Require(HeldOut is >= 1 and <= 1_000_000, $"{HeldOut} held-out examples are not among 1 to 1000000");
        TrainingException.Require(Side is >= 8 and <= 64, $"digits of {Side} x {Side} pixels are not among 8 to 64");
        TrainingException.Require(Inputs is >= 1 and <= 8192 && Outputs is >= 1 and <= 8192, $"a teacher of {Inputs} inputs and {Outputs} outputs is not among 1 to 8192");
        TrainingException.Require(Kind != DataKind.ClassTeacher || Outputs >= 2, "a teacher of one class teaches nothing");
        TrainingException.Require(Kind != DataKind.LinearTeacher || (Rank >= 1 && Rank <= Math.Min(Inputs, Outputs)), $"a rank of {Rank} is not among 1 to {Math.Min(Inputs, Outputs)}");
        TrainingException.Require(double.IsFinite(Condition) && Condition >= 1, $"a condition of {Condition} is no number from 1");
        TrainingException.Require(double.IsFinite(Noise) && Noise >= 0 && (Kind != DataKind.ClassTeacher || Noise < 1), $"a noise of {Noise} is not possible");
    }
}

/// <summary>The kind of an optimiser.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent, with heavy-ball momentum where it is not zero.</summary>
    Sgd,

    /// <summary>AdamW: Adam with decoupled decay.</summary>
    AdamW,
}

/// <summary>How weights are updated.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The kind.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>The learning rate; the highest one of a schedule.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The momentum mu of <see cref="OptimizerKind.Sgd"/>: v := mu v + g, w := w - rate v.</summary>
    public double Momentum { get; init; }

    /// <summary>The first decay rate of <see cref="OptimizerKind.AdamW"/>.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The second decay rate of <see cref="OptimizerKind.AdamW"/>.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>The decay of weight matrices; biases and normalisations do not decay. <see cref="OptimizerKind.Sgd"/> adds it times w to the gradient, <see cref="OptimizerKind.AdamW"/> takes rate times it times w.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The largest length that the gradient of all parameters together may have; null for none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Steps over which the rate rises in equal parts to <see cref="LearningRate"/>.</summary>
    public int WarmUp { get; init; }

    /// <summary>True where the rate falls to zero at the last step after the warm-up, along half a cosine.</summary>
    public bool Cosine { get; init; }

    internal void Check(int steps)
    {
        TrainingException.Require(double.IsFinite(LearningRate) && LearningRate >= 0, $"a learning rate of {LearningRate} is no number from 0");
        TrainingException.Require(Momentum is >= 0 and < 1 && Beta1 is >= 0 and < 1 && Beta2 is >= 0 and < 1, "momentum and decay rates are from 0 and below 1");
        TrainingException.Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, $"a weight decay of {WeightDecay} is no number from 0");
        TrainingException.Require(ClipNorm is null or > 0, $"gradients cannot be clipped to a length of {ClipNorm}");
        TrainingException.Require(WarmUp >= 0 && WarmUp <= steps, $"a warm-up of {WarmUp} steps is not among 0 to {steps}");
    }
}
