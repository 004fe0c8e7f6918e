using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>Whether the name of a class says that its output is features for others to use.</summary>
internal static class PartName
{
    private static readonly string[] s_words = ["Encoder", "Backbone", "Feature", "Extractor", "Trunk", "Stem", "Tower", "Embed", "Torso", "Block"];

    public static bool Is(TracedModule module) =>
        module is { IsUserClass: true, Factory: var name } && !Has(name, "Decoder") && !Has(name, "Autoencoder") && s_words.Any(word => Has(name, word));

    private static bool Has(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
