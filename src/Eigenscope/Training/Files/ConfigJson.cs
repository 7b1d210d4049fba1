using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Files;

/// <summary>
/// <c>config.json</c>: what the network is, under the keys of Hugging Face, and below <c>training</c> all options of the run, by which a run that is continued is known to be the same.
/// </summary>
internal static class ConfigJson
{
    private const string Training = "training";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(TrainingOptions options, TrainingData data) => Document(json =>
    {
        WriteNetwork(json, options, data);
        json.WriteStartObject(Training);
        WriteTraining(json, options);
        json.WriteEndObject();
    });

    /// <summary>A JSON object; UTF-8, ends with a newline.</summary>
    public static byte[] Document(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first option in which two documents differ, with both values; null where the runs are the same.</summary>
    public static string? Difference(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> now)
    {
        using var before = JsonDocument.Parse(old);
        using var after = JsonDocument.Parse(now);
        if (!before.RootElement.TryGetProperty(Training, out var options))
        {
            return "it has no options of a training";
        }

        foreach (var option in after.RootElement.GetProperty(Training).EnumerateObject())
        {
            var was = options.TryGetProperty(option.Name, out var value) ? value.GetRawText() : "absent";
            if (was != option.Value.GetRawText())
            {
                return $"{option.Name} was {Short(was)} and now is {Short(option.Value.GetRawText())}";
            }
        }

        return null;
    }

    private static string Short(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void WriteNetwork(Utf8JsonWriter json, TrainingOptions options, TrainingData data)
    {
        var (network, shape) = (options.Network, data.Shape);
        json.WriteStartArray("architectures");
        json.WriteStringValue(network.Kind switch { NetworkKind.Mlp => "EigenscopeMlp", NetworkKind.Vit => "EigenscopeVisionTransformer", _ => "EigenscopeLanguageModel" });
        json.WriteEndArray();
        json.WriteString("model_type", $"eigenscope_{network.Kind.Text()}");
        json.WriteNumber("hidden_size", network.Width);
        json.WriteNumber("num_hidden_layers", network.Depth);
        json.WriteString("hidden_act", network.Activation == ActivationKind.Gelu ? "gelu_new" : network.Activation.Text());
        json.WriteString("torch_dtype", options.StoresDouble ? "float64" : "float32");
        if (network.Kind != NetworkKind.Mlp)
        {
            json.WriteNumber("num_attention_heads", network.Heads);
            json.WriteNumber("intermediate_size", network.InnerFactor * network.Width);
            json.WriteNumber("layer_norm_eps", 1e-5);
        }

        if (network.Kind == NetworkKind.Transformer)
        {
            json.WriteNumber("vocab_size", shape.Outputs);
            json.WriteNumber("max_position_embeddings", network.Context);
            json.WriteBoolean("tie_word_embeddings", network.IsTied);
        }
        else
        {
            json.WriteNumber("num_labels", shape.Outputs);
        }

        if (network.Kind == NetworkKind.Vit)
        {
            json.WriteNumber("image_size", shape.Side);
            json.WriteNumber("patch_size", network.Patch);
            json.WriteNumber("num_channels", 1);
        }

        WriteVocabulary(json, data.Vocabulary);
    }

    private static void WriteVocabulary(Utf8JsonWriter json, IReadOnlyList<string>? vocabulary)
    {
        if (vocabulary is null)
        {
            return;
        }

        json.WriteStartArray("vocabulary");
        foreach (var character in vocabulary)
        {
            json.WriteStringValue(character);
        }

        json.WriteEndArray();
    }

    private static void WriteTraining(Utf8JsonWriter json, TrainingOptions options)
    {
        WriteNetworkOptions(json, options.Network);
        WriteData(json, options.Data);
        WriteOptimizer(json, options.Optimizer);
        json.WriteString("loss", options.Loss.Text());
        json.WriteNumber("steps", options.Steps);
        json.WriteNumber("batch_size", options.BatchSize);
        json.WriteBoolean("independent_batches", options.IndependentBatches);
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("gradient_batches", options.GradientBatches);
        json.WriteString("kept_gradients", options.KeptGradients is { } kept ? $"{kept.From}:{kept.To}" : null);
        json.WriteBoolean("stores_double", options.StoresDouble);
        json.WriteString("save_at", string.Join(',', options.SaveAt));
    }

    private static void WriteNetworkOptions(Utf8JsonWriter json, NetworkOptions network)
    {
        json.WriteString("network", network.Kind.Text());
        json.WriteNumber("width", network.Width);
        json.WriteNumber("depth", network.Depth);
        json.WriteNumber("heads", network.Heads);
        json.WriteNumber("mlp_factor", network.InnerFactor);
        json.WriteNumber("context", network.Context);
        json.WriteNumber("patch", network.Patch);
        json.WriteString("pool", network.PoolsMean ? "mean" : "class");
        json.WriteBoolean("tied", network.IsTied);
        json.WriteBoolean("biases", network.Biases);
        json.WriteString("activation", network.Activation.Text());
        json.WriteNumber("init_scale", network.InitialScale);
    }

    private static void WriteData(Utf8JsonWriter json, DataOptions data)
    {
        json.WriteString("data", data.Kind.Text());
        json.WriteString("data_path", data.Path);
        json.WriteNumber("data_seed", data.Seed);
        json.WriteNumber("examples", data.Examples);
        json.WriteNumber("held_out", data.HeldOut);
        json.WriteNumber("side", data.Side);
        json.WriteNumber("inputs", data.Inputs);
        json.WriteNumber("outputs", data.Outputs);
        json.WriteNumber("rank", data.Rank);
        json.WriteNumber("condition", data.Condition);
        json.WriteNumber("noise", data.Noise);
    }

    private static void WriteOptimizer(Utf8JsonWriter json, OptimizerOptions optimizer)
    {
        json.WriteString("optimizer", optimizer.Kind.Text());
        json.WriteNumber("learning_rate", optimizer.LearningRate);
        json.WriteNumber("momentum", optimizer.Momentum);
        json.WriteNumber("beta1", optimizer.Beta1);
        json.WriteNumber("beta2", optimizer.Beta2);
        json.WriteNumber("weight_decay", optimizer.WeightDecay);
        WriteNumber(json, "clip_norm", optimizer.ClipNorm);
        json.WriteNumber("warmup_steps", optimizer.WarmUp);
        json.WriteString("lr_scheduler_type", optimizer.Cosine ? "cosine" : "constant");
    }

    /// <summary>A number, or null.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
