using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>Whether the name of a class says that its output is features for others to use.</summary>
internal static class PartName
{
    private static readonly string[] s_words = ["Encoder", "Backbone", "Feature", "Extractor", "Trunk", "Stem", "Tower", "Embed", "Torso", "Block"];

    public static bool Is(TracedModule module) =>
        module is { IsUserClass: true, Factory: var name } && name.IndexOf("Decoder", StringComparison.OrdinalIgnoreCase) < 0 && name.IndexOf("Autoencoder", StringComparison.OrdinalIgnoreCase) < 0
        && s_words.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
