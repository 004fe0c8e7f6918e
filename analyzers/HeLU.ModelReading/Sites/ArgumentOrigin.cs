namespace Helu.ModelReading.Sites;

/// <summary>Who can hold the tensor that a swapped call takes.</summary>
internal enum ArgumentOrigin
{
    /// <summary>Others, as far as can be told.</summary>
    Kept,

    /// <summary>The call alone: the argument is a new tensor, and its producer does not need it for the gradient.</summary>
    Fresh,

    /// <summary>The call alone, where the module that returned it turns out to be of the right type and without hooks.</summary>
    Noted,
}
