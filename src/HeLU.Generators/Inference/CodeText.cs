using System.Text;

namespace Helu.Generators.Inference;

/// <summary>Text of C# code that is written line by line; a block is a <c>using</c> scope.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or several, at the present depth.</summary>
    public CodeText Line(string lines = "")
    {
        foreach (string line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', 4 * _depth).Append(line);
            _text.Append('\n');
        }
        return this;
    }

    /// <summary>Writes braces around what is written until the scope is disposed.</summary>
    public Scope Block(string? head = null, string end = "")
    {
        if (head is not null)
            Line(head);
        Line("{");
        _depth++;
        return new(this, end);
    }

    /// <summary>Indents what is written until the scope is disposed.</summary>
    public Scope Indent()
    {
        _depth++;
        return new(this, null);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An open block or indentation.</summary>
    public readonly struct Scope(CodeText text, string? end) : IDisposable
    {
        public void Dispose()
        {
            text._depth--;
            if (end is not null)
                text.Line("}" + end);
        }
    }
}
