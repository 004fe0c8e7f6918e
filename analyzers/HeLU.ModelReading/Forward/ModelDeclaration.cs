namespace Helu.ModelReading.Forward;

/// <summary>Where a model class stands, and how it is declared.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Containers">The types around it, outermost first.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeParameters">The names of its type parameters.</param>
/// <param name="Accessibility">How it is accessible, as C# writes it.</param>
/// <param name="CanBeExtended">Whether it and the types around it are partial and the names are free, so that generated code can add to it.</param>
internal sealed record ModelDeclaration(
    string Namespace, EquatableArray<ContainingType> Containers, string Name, EquatableArray<string> TypeParameters, string Accessibility, bool CanBeExtended);
