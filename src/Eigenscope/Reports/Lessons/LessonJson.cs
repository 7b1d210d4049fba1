using System.Text.Json;
using Eigenscope.Learning;

namespace Eigenscope.Reports;

/// <summary>A lesson as JSON, schema <c>eigenscope/lesson/1</c>: what the terminal and the page show, step by step. The same input gives the same bytes.</summary>
public static class LessonJson
{
    /// <summary>The schema.</summary>
    public const string Schema = "eigenscope/lesson/1";

    /// <summary>The schema of the list of lessons.</summary>
    public const string ListSchema = "eigenscope/lessons/1";

    /// <summary>The document; UTF-8, ends with a newline.</summary>
    public static byte[] Of(Lesson lesson) => JsonReport.Documents([lesson], Write);

    /// <summary>The list of all lessons; UTF-8, ends with a newline.</summary>
    public static byte[] OfAll() => JsonReport.Documents([LessonTopics.All], (json, topics) =>
    {
        json.WriteStartObject();
        json.WriteString("schema", ListSchema);
        JsonReport.WriteTool(json);
        WriteTopics(json, topics);
        json.WriteEndObject();
    });

    internal static void WriteTopics(Utf8JsonWriter json, IEnumerable<LessonTopic> topics)
    {
        json.WriteStartArray("lessons");
        foreach (var topic in topics)
        {
            json.WriteStartObject();
            WriteTopic(json, topic);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Write(Utf8JsonWriter json, Lesson lesson)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonReport.WriteTool(json);
        json.WriteStartObject("lesson");
        WriteTopic(json, lesson.Topic);
        json.WriteEndObject();
        WriteMatrix(json, lesson.Matrix);
        json.WriteStartArray("steps");
        foreach (var step in lesson.Steps)
        {
            json.WriteStartObject();
            json.WriteString("title", step.Title.ToString());
            json.WriteStartArray("parts");
            foreach (var part in step.Parts)
            {
                WritePart(json, part);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTopic(Utf8JsonWriter json, LessonTopic topic)
    {
        json.WriteString("name", topic.Name);
        json.WriteString("title", topic.Title);
        json.WriteString("about", topic.About);
        json.WriteString("needs", topic.Needs switch { LessonSubject.Matrix => "matrix", LessonSubject.Draws => "draws", LessonSubject.Layer => "layer", _ => "two_layers" });
    }

    private static void WriteMatrix(Utf8JsonWriter json, LessonMatrix? matrix)
    {
        if (matrix is null)
        {
            json.WriteNull("matrix");
            return;
        }

        json.WriteStartObject("matrix");
        json.WriteString("text", matrix.ToString());
        json.WriteNumber("rows", matrix.Rows);
        json.WriteNumber("columns", matrix.Columns);
        WriteNames(json, "row_names", matrix.RowNames);
        WriteNames(json, "column_names", matrix.ColumnNames);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, LessonPart part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case Paragraph paragraph:
                json.WriteString("kind", "text");
                json.WriteString("text", paragraph.Text.ToString());
                break;
            case Formula formula:
                json.WriteString("kind", "formula");
                json.WriteStartArray("pieces");
                foreach (var piece in formula.Pieces)
                {
                    WritePiece(json, piece);
                }

                json.WriteEndArray();
                break;
            case NumberTable table:
                json.WriteString("kind", "table");
                JsonReport.WriteTexts(json, "columns", table.Columns);
                WriteCells(json, "rows", table.Rows);
                break;
            case Claim claim:
                json.WriteString("kind", "claim");
                json.WriteString("claim", claim.Text.ToString());
                json.WriteNumber("error", claim.Error);
                json.WriteNumber("bound", claim.Bound);
                json.WriteBoolean("holds", claim.Holds);
                break;
            case LessonFigure figure:
                WriteFigure(json, figure);
                break;
        }

        json.WriteEndObject();
    }

    private static void WritePiece(Utf8JsonWriter json, FormulaPiece piece)
    {
        json.WriteStartObject();
        if (piece.Matrix is { } matrix)
        {
            WriteCells(json, "cells", matrix.Cells);
            WriteNames(json, "row_names", matrix.RowNames);
            WriteNames(json, "column_names", matrix.ColumnNames);
        }
        else
        {
            json.WriteString("text", piece.Text?.ToString());
        }

        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, LessonFigure figure)
    {
        json.WriteString("kind", figure is EllipseFigure ? "ellipse" : "curves");
        json.WriteString("name", figure.Name);
        json.WriteString("title", figure.Title);
        json.WriteString("caption", figure.Caption.ToString());
        switch (figure)
        {
            case CurveFigure curves:
                WriteCurves(json, curves);
                break;
            case EllipseFigure ellipse:
                WriteNumberRows(json, "entries", ellipse.Entries);
                JsonReport.WriteNumbers(json, "singular_values", ellipse.SingularValues);
                WriteNumberRows(json, "left", ellipse.Left);
                WriteNumberRows(json, "right", ellipse.Right);
                json.WriteBoolean("is_section", ellipse.IsSection);
                break;
        }
    }

    private static void WriteCurves(Utf8JsonWriter json, CurveFigure figure)
    {
        json.WriteString("x", figure.X);
        json.WriteString("y", figure.Y);
        json.WriteBoolean("log_x", figure.IsLogX);
        json.WriteBoolean("log_y", figure.IsLogY);
        json.WriteStartArray("curves");
        foreach (var curve in figure.Curves)
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteString("kind", curve.Kind.ToString().ToLowerInvariant());
            JsonReport.WriteNumbers(json, "x", curve.X);
            JsonReport.WriteNumbers(json, "y", curve.Y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string>? names)
    {
        if (names is not null)
        {
            JsonReport.WriteTexts(json, name, names);
        }
    }

    private static void WriteCells(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
            {
                json.WriteStringValue(cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNumberRows(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartArray();
            foreach (var value in row)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
