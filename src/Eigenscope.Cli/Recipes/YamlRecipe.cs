using System.Globalization;
using System.Text;
using Eigenscope.Transforms;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Eigenscope.Cli.Recipes;

/// <summary>Reads a recipe that is written in YAML.</summary>
internal sealed class YamlRecipe
{
    private const int MostBytes = 4 << 20;
    private const int MostDepth = 32;
    private const int MostAliases = 64;
    private const int MostNodes = 100_000;

    private readonly string path;
    private readonly Parser parser;
    private readonly Dictionary<string, (RecipeNode Node, int Nodes)> anchors = new(StringComparer.Ordinal);
    private int aliases;
    private int nodes;

    /// <summary>The last line on which anything was read.</summary>
    private long scanned = 1;

    private YamlRecipe(string path, string text) => (this.path, parser) = (path, new Parser(new StringReader(text)));

    /// <summary>The recipe as a tree.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot be read, or is no YAML of one document; the message is one line, <c>file:line: what</c>.</exception>
    public static RecipeNode Read(string path) => Parse(path, Text(path));

    /// <summary>A recipe in memory as a tree.</summary>
    /// <param name="path">The file as messages name it.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="UsageException">It is no YAML of one document.</exception>
    public static RecipeNode Parse(string path, string text)
    {
        var recipe = new YamlRecipe(path, text);
        try
        {
            return recipe.Document();
        }
        catch (YamlException e)
        {
            throw NoYaml(path, text, e.Start.Line, (e.InnerException ?? e).Message);
        }
        catch (Exception e) when (e is not (UsageException or OutOfMemoryException))
        {
            // What the parser did not expect either: a flow that goes on with too little indentation, for one.
            throw NoYaml(path, text, recipe.scanned, "the indentation or a mark is wrong");
        }
    }

    public static string Text(string path)
    {
        if (path.Length == 0)
        {
            throw new UsageException("the name of the recipe is empty; name a YAML file");
        }

        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
            {
                throw new UsageException($"{path}: {file.Length} bytes, and a recipe has at most {MostBytes}");
            }

            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{path}: not a text in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e is FileNotFoundException or DirectoryNotFoundException ? $"{path}: no such file" : $"{path}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Advance()
    {
        scanned = parser.Current?.End.Line ?? 1;
        parser.MoveNext();
    }

    private RecipeNode Document()
    {
        Advance();
        Advance();
        if (parser.Current is not DocumentStart)
        {
            throw Bad(1, "the recipe is empty");
        }

        Advance();
        var root = Node(0);
        Advance();
        return parser.Current is StreamEnd ? root : throw Bad(Line(parser.Current!), "a second document begins, and a recipe is one: write a file for each");
    }

    /// <summary>The node that the parser is at, which it then is behind.</summary>
    private RecipeNode Node(int depth)
    {
        var begin = parser.Current!;
        if (depth > MostDepth || ++nodes > MostNodes)
        {
            throw Bad(Line(begin), depth > MostDepth ? $"more than {MostDepth} levels" : $"more than {MostNodes} values");
        }

        var before = nodes;
        Advance();
        var node = begin switch
        {
            Scalar scalar => RecipeNode.Scalar(scalar.Value, scalar.Style is not ScalarStyle.Plain, Line(scalar), Column(scalar)),
            SequenceStart => List(begin, depth),
            MappingStart => Map(begin, depth),
            AnchorAlias alias => Aliased(alias),
            _ => throw Bad(Line(begin), "not a recipe"),
        };
        if (begin is NodeEvent { Anchor.IsEmpty: false } named)
        {
            anchors[named.Anchor.Value] = (node, nodes - before + 1);
        }

        return node;
    }

    private RecipeNode List(ParsingEvent begin, int depth)
    {
        var items = new List<RecipeNode>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        Advance();
        return RecipeNode.List(items, Line(begin), Column(begin));
    }

    private RecipeNode Map(ParsingEvent begin, int depth)
    {
        var entries = new List<RecipeEntry>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            if (parser.Current is not Scalar key)
            {
                throw Bad(Line(parser.Current!), "a key is a text, and neither a list nor a map");
            }

            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                throw Bad(Line(key), "merge keys (<<) are not read: write the keys out");
            }

            if (!names.TryAdd(key.Value, Line(key)))
            {
                throw Bad(Line(key), $"'{key.Value}' is given twice, first on line {names[key.Value].ToString(CultureInfo.InvariantCulture)}");
            }

            Advance();
            entries.Add(new RecipeEntry(key.Value, Node(depth + 1), Line(key), Column(key)));
        }

        Advance();
        return RecipeNode.Map(entries, Line(begin), Column(begin));
    }

    /// <summary>What an alias stands for; as often as it is used its values count.</summary>
    private RecipeNode Aliased(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            throw Bad(Line(alias), $"'*{alias.Value.Value}' stands for nothing: no '&{alias.Value.Value}' ends before it");
        }

        nodes += anchored.Nodes;
        return ++aliases > MostAliases ? throw Bad(Line(alias), $"more than {MostAliases} aliases (*NAME)")
            : nodes > MostNodes ? throw Bad(Line(alias), $"more than {MostNodes} values, aliases counted as what they stand for")
            : anchored.Node;
    }

    /// <summary>YAML takes no tabs for indentation, and its reader names the line before them at best.</summary>
    private static UsageException NoYaml(string path, string text, long line, string what)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, (int)Math.Clamp(line - 1, 0, lines.Length - 1), shown => shown.TakeWhile(char.IsWhiteSpace).Contains('\t') && shown.Trim().Length > 0);
        return tab >= 0
            ? Bad(path, tab + 1, "a tab in the indentation, where YAML takes blanks only")
            : Bad(path, Math.Clamp(line, 1, lines.Length), $"not YAML: {what.TrimEnd('.')}");
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    private UsageException Bad(int line, string what) => Bad(path, line, what);

    private static UsageException Bad(string path, long line, string what) => new($"{path}:{line.ToString(CultureInfo.InvariantCulture)}: {string.Concat(what.Select(c => char.IsControl(c) ? ' ' : c))}");
}
