using Eigenscope.Cli.Commands;
using Eigenscope.Models;

namespace Eigenscope.Cli.Terminal;

/// <summary>A model in one line.</summary>
internal static class ModelHeading
{
    public static void Print(TextScreen screen, Model model)
    {
        var architecture = model.Architecture is { } name ? $", {name}" : "";
        screen.Line();
        screen.Line($"{model.Path}: {model.Format}{architecture}, {Plural.Of(model.Tensors.Count, "tensor")}, {model.Parameters:N0} parameters, {ByteSize.Text(model.Bytes)}");
    }
}
