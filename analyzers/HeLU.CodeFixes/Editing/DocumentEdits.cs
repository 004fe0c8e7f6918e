using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Changes of one file, of one diagnostic or of many, collected against the file as it is and then made at once.</summary>
internal sealed class DocumentEdits
{
    private readonly Document _document;
    private readonly List<(SyntaxNode Node, Func<SyntaxNode, SyntaxNode, SyntaxNode?> Change)> _changes = [];
    private readonly HashSet<SyntaxNode> _tracked = [];
    private readonly HashSet<SyntaxNode> _done = [];
    private readonly HashSet<(SyntaxNode Type, string Name)> _claimed = [];
    private readonly SortedSet<(bool IsStatic, string Name)> _usings = [];
    private readonly Dictionary<MemberDeclarationSyntax, List<MemberDeclarationSyntax>> _newMembers = [];

    private DocumentEdits(Document document, SyntaxNode root, SemanticModel model, TorchTypes types, CancellationToken token)
    {
        _document = document;
        Root = root;
        Model = model;
        Types = types;
        Token = token;
        EndOfLine = root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToString() is { Length: > 0 } text ? text : "\n";
    }

    /// <summary>The file before any change.</summary>
    public SyntaxNode Root { get; }

    public SemanticModel Model { get; }

    public TorchTypes Types { get; }

    public CancellationToken Token { get; }

    public string EndOfLine { get; }

    /// <summary>Null where the project knows no TorchSharp.</summary>
    public static async Task<DocumentEdits?> StartAsync(Document document, CancellationToken token)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(token).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(token).ConfigureAwait(false);
        return root is not null && model is not null && TorchTypes.Find(model.Compilation) is { } types
            ? new(document, root, model, types, token)
            : null;
    }

    /// <summary>Whether a change of <paramref name="node"/> was planned before this call.</summary>
    public bool IsPlanned(SyntaxNode node) => _done.Contains(node);

    /// <summary>True the first time: diagnostics that need the same change make it once.</summary>
    public bool Plan(SyntaxNode node) => _done.Add(node);

    /// <summary>Replaces a node; <paramref name="change"/> is given the node with the other changes inside it made.</summary>
    public void Replace<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode
    {
        if (Plan(node))
            Change(node, change);
    }

    /// <summary>Changes a node that several diagnostics may each change: a list that each adds to.</summary>
    public void Change<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode => Add(node, (root, current) => root.ReplaceNode(current, change((T)current)));

    /// <summary>Lets <see cref="Change"/> find a node inside the one it is given, by <c>GetCurrentNode</c>.</summary>
    public void Track(SyntaxNode node) => _tracked.Add(node);

    /// <summary>Takes a name for a new member of a type; false where it was taken before.</summary>
    public bool Claim(SyntaxNode type, string name) => _claimed.Add((type, name));

    /// <summary>Adds a member after <paramref name="anchor"/>, and after the members added there before.</summary>
    public void AddMember(MemberDeclarationSyntax anchor, MemberDeclarationSyntax member)
    {
        if (!_newMembers.TryGetValue(anchor, out List<MemberDeclarationSyntax>? members))
            _newMembers[anchor] = members = [];
        members.Add(member);
    }

    public void InsertBefore(SyntaxNode node, SyntaxNode inserted) => Add(node, (root, current) => root.InsertNodesBefore(current, [inserted]));

    public void InsertAfter(SyntaxNode node, SyntaxNode inserted) => Add(node, (root, current) => root.InsertNodesAfter(current, [inserted]));

    /// <summary>Removes a statement or member from its list. Where it stood, a blank line stays, and so do comments if asked for.</summary>
    public void Remove(SyntaxNode node, bool keepComments)
    {
        if (!Plan(node))
            return;
        SyntaxTrivia[] leading = [.. node.GetLeadingTrivia()];
        int lastComment = keepComments ? Array.FindLastIndex(leading, trivia => !IsSpace(trivia)) : -1;
        SyntaxTrivia[] kept = lastComment >= 0
            ? [.. leading.Take(lastComment + 1), .. leading.Skip(lastComment + 1).Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))]
            : BlankLines(leading);
        SyntaxNode? next = node.Parent?.ChildNodes().SkipWhile(sibling => sibling != node).Skip(1).FirstOrDefault(sibling => !IsPlanned(sibling));
        bool partedAlready = lastComment < 0 && next is not null && BlankLines([.. next.GetLeadingTrivia()]).Length > 0;
        if (next is not null && kept.Length > 0 && !partedAlready)
            Change(next, current => current.WithLeadingTrivia(kept.Concat(current.GetLeadingTrivia())));
        SyntaxRemoveOptions options = next is null && lastComment >= 0 ? SyntaxRemoveOptions.KeepLeadingTrivia : SyntaxRemoveOptions.KeepNoTrivia;
        Add(node, (root, current) => root.RemoveNode(current, options));
    }

    /// <summary>Imports a namespace, unless code at <paramref name="position"/> sees it already.</summary>
    public void Import(string name, int position) => Import(FindNamespace(name), name, isStatic: false, position);

    /// <summary>Imports the static members of a class, unless code at <paramref name="position"/> sees them already.</summary>
    public void ImportStatic(string name, int position) => Import(Model.Compilation.GetTypeByMetadataName(name), name, isStatic: true, position);

    /// <summary>The changed file; null where nothing changed or where the result would not compile.</summary>
    public async Task<Document?> FinishAsync()
    {
        foreach (KeyValuePair<MemberDeclarationSyntax, List<MemberDeclarationSyntax>> members in _newMembers)
            Add(members.Key, (root, current) => root.InsertNodesAfter(current, members.Value));
        var root = (CompilationUnitSyntax)Changed();
        foreach ((bool isStatic, string name) in _usings)
            root = UsingDirectives.Add(root, name, isStatic, EndOfLine);
        Document changed = _document.WithSyntaxRoot(root);
        SyntaxTree tree = (await changed.GetSyntaxTreeAsync(Token).ConfigureAwait(false))!;
        return CompileCheck.AddsNoError(_document.Project, Model.Compilation, Model.SyntaxTree, tree, Token) ? changed : null;
    }

    private void Add(SyntaxNode node, Func<SyntaxNode, SyntaxNode, SyntaxNode?> change)
    {
        Track(node);
        _changes.Add((node, change));
    }

    /// <summary>The root after all changes. A change of code that another change has removed falls away.</summary>
    private SyntaxNode Changed()
    {
        SyntaxNode root = Root.TrackNodes(_tracked);
        foreach ((SyntaxNode node, Func<SyntaxNode, SyntaxNode, SyntaxNode?> change) in _changes)
        {
            if (root.GetCurrentNode(node) is { } current)
                root = change(root, current) ?? root;
        }
        return root;
    }

    private void Import(INamespaceOrTypeSymbol? symbol, string name, bool isStatic, int position)
    {
        if (symbol is null || !UsingDirectives.IsImported(Model, position, symbol, Token))
            _usings.Add((isStatic, name));
    }

    private INamespaceSymbol? FindNamespace(string name)
    {
        INamespaceSymbol? found = Model.Compilation.GlobalNamespace;
        foreach (string part in name.Split('.'))
            found = found?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        return found;
    }

    /// <summary>The blank lines that trivia start with.</summary>
    private static SyntaxTrivia[] BlankLines(SyntaxTrivia[] trivia)
    {
        SyntaxTrivia[] space = [.. trivia.TakeWhile(IsSpace)];
        return [.. space.Take(Array.FindLastIndex(space, part => part.IsKind(SyntaxKind.EndOfLineTrivia)) + 1)];
    }

    private static bool IsSpace(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
