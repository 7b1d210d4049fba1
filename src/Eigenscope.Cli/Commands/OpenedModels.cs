using Eigenscope.Models;

namespace Eigenscope.Cli.Commands;

/// <summary>Models that are open together: all of them, or none where one cannot be opened, so that a bad path costs no time.</summary>
internal sealed class OpenedModels : IDisposable
{
    private readonly List<Model> all = [];

    /// <summary>Opens them in their order.</summary>
    public OpenedModels(IEnumerable<string> paths)
    {
        try
        {
            foreach (var path in paths)
            {
                all.Add(Model.Open(path));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<Model> All => all;

    public void Dispose() => all.ForEach(model => model.Dispose());
}
