/** The default theme on the phone's own fonts: Chinese needs no Inter, and without it the peer is quicker. */
export { default } from 'vitepress/theme-without-fonts'
