using System.Text;
using Eigenscope.LinearAlgebra;

namespace Eigenscope.Training.Data;

/// <summary>
/// A text of an invented language: words of two or three syllables, of rank r with probability in proportion to 1 / r (Zipf 1949), in sentences of subject, verb and object, with adjectives, phrases with
/// prepositions and clauses at random. A plural subject ends in -n, and so does its verb.
/// </summary>
internal sealed class GrammarText
{
    /// <summary>Characters that stand for one example in <see cref="DataOptions.Examples"/>.</summary>
    public const int CharactersPerExample = 50;

    private const string Consonants = "bdfgklmprstvz";
    private const string Vowels = "aeiou";
    private const int MostClauses = 2;

    private readonly StringBuilder text = new();
    private readonly string[] nouns;
    private readonly string[] verbs;
    private readonly string[] adjectives;
    private readonly string[] prepositions;
    private SplitMix64 words;

    private GrammarText(ulong seed)
    {
        words = new SplitMix64(Seeds.Of(seed, Seeds.Use.Teacher));
        var known = new HashSet<string>(StringComparer.Ordinal) { "la", "un", "ke", "e" };
        (nouns, verbs, adjectives, prepositions) = (Lexicon(160, "o", known), Lexicon(60, "as", known), Lexicon(60, "i", known), Lexicon(8, "u", known));
    }

    /// <summary>A text of so many characters.</summary>
    public static string Write(ulong seed, int length)
    {
        var grammar = new GrammarText(seed);
        while (grammar.text.Length < length)
        {
            grammar.Sentence();
        }

        return grammar.text.ToString(0, length);
    }

    private string[] Lexicon(int count, string ending, HashSet<string> known)
    {
        var lexicon = new List<string>();
        while (lexicon.Count < count)
        {
            var word = Syllable() + (Chance(3) ? Syllable() : "") + Consonants[Below(Consonants.Length)] + ending;
            if (known.Add(word))
            {
                lexicon.Add(word);
            }
        }

        return [.. lexicon];
    }

    private string Syllable() => $"{Consonants[Below(Consonants.Length)]}{Vowels[Below(Vowels.Length)]}";

    private void Sentence()
    {
        Clause(0);
        text.Append(". ");
        if (Chance(8))
        {
            text[^1] = '\n';
        }
    }

    private void Clause(int depth)
    {
        var isPlural = NounPhrase(depth);
        text.Append(' ').Append(Word(verbs)).Append(isPlural ? "n" : "");
        if (!Chance(4))
        {
            text.Append(' ');
            NounPhrase(depth);
        }
    }

    /// <summary>An article, adjectives, a noun, and at times a phrase or a clause; true where it is plural.</summary>
    private bool NounPhrase(int depth)
    {
        var isPlural = Chance(3);
        text.Append(Chance(2) ? "la " : "un ");
        while (Chance(4))
        {
            text.Append(Word(adjectives)).Append(' ');
        }

        text.Append(Word(nouns)).Append(isPlural ? "n" : "");
        if (depth < MostClauses && Chance(6))
        {
            text.Append(' ').Append(Word(prepositions)).Append(' ');
            NounPhrase(depth + 1);
        }
        else if (depth < MostClauses && Chance(9))
        {
            text.Append(", ke ");
            Clause(depth + 1);
            text.Append(',');
        }

        return isPlural;
    }

    /// <summary>A word by Zipf's law: rank r where a share of the sum of 1 / r is reached.</summary>
    private string Word(string[] lexicon)
    {
        var sum = 0.0;
        for (var rank = 1; rank <= lexicon.Length; rank++)
        {
            sum += 1.0 / rank;
        }

        var left = sum * ((words.Next() >> 11) * (1.0 / (1L << 53)));
        var chosen = 0;
        for (left -= 1; left > 0 && chosen < lexicon.Length - 1; left -= 1.0 / (chosen + 1))
        {
            chosen++;
        }

        return lexicon[chosen];
    }

    private int Below(int end) => (int)words.Below(end);

    /// <summary>True once in so many.</summary>
    private bool Chance(int once) => words.Below(once) == 0;
}
