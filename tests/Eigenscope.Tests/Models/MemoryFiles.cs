using Eigenscope.Models;
using Eigenscope.Tests.Models.Zip;

namespace Eigenscope.Tests.Models;

/// <summary>The files of a model in memory.</summary>
internal sealed class MemoryFiles(params (string Name, byte[] Bytes)[] files) : CompanionFiles
{
    public override string Path => "memory";

    public override IReadOnlyList<string> Names => [.. files.Select(file => file.Name)];

    protected override ByteSource OpenPlain(string path) => Has(path)
        ? new MemoryBytes(Array.Find(files, file => file.Name == path).Bytes, path)
        : throw new ModelFormatException(ModelFault.Missing, path, "no such file");
}
